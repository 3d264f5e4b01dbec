// SPDX-License-Identifier: Apache-2.0
import { Checkbox, Input } from 'antd';
import { useMemo, useState } from 'react';
import { api } from '../../app/api';
import { allows, useSession } from '../../app/session';
import { useLoad } from '../../app/useLoad';
import { Empty, Loaded, Page, Tag, type Tone } from '../../ui/basics';
import { type Column, DataTable } from '../../ui/table';
import { texts } from './texts';

interface Feature {
  feature: string;
  installed: boolean;
  runnable: boolean;
  reason: string;
}

interface Installed {
  name: string;
  version: string;
  reason: string;
}

interface Bundle {
  id: number;
  symbolicName: string;
  version: string;
  state: string;
  product: boolean;
}

interface FeatureRow {
  name: string;
  version: string;
  state: 'installed' | 'available' | 'off';
  why: string;
}

const TONES: Record<FeatureRow['state'], Tone> = { installed: 'ok', available: 'calm', off: 'warn' };
const ORDER: Record<FeatureRow['state'], number> = { off: 0, installed: 1, available: 2 };

/** Joins what the box can run with what is installed. */
export function rowsOf(features: readonly Feature[], installed: readonly Installed[]): FeatureRow[] {
  const versions = new Map(installed.map((each) => [each.name, each]));
  const known = new Set(features.map((each) => each.feature));
  const judged = features.map((each): FeatureRow => {
    const present = versions.get(each.feature);
    return {
      name: each.feature,
      version: present?.version ?? '',
      state: each.installed || present ? 'installed' : each.runnable ? 'available' : 'off',
      why: each.reason || (present?.reason ?? ''),
    };
  });
  const others = installed
    .filter((each) => !known.has(each.name))
    .map((each): FeatureRow => ({ name: each.name, version: each.version, state: 'installed', why: each.reason }));
  return [...judged, ...others].sort(
    (one, other) => ORDER[one.state] - ORDER[other.state] || one.name.localeCompare(other.name),
  );
}

function Features() {
  const t = texts.use();
  const [all, setAll] = useState(false);
  const session = useSession();
  const upgrades = allows(session, 'upgrades', 'read');
  const features = useLoad('features', async (signal) =>
    rowsOf(
      await api.get<Feature[]>('hardware/features', {}, signal),
      upgrades ? await api.get<Installed[]>('upgrades/installed', {}, signal) : [],
    ),
  );
  const columns: Column<FeatureRow>[] = [
    { key: 'name', title: t.feature, render: (row) => <span className="mono">{row.name}</span>, order: (row) => row.name },
    {
      key: 'state',
      title: t.state,
      width: 240,
      render: (row) => <Tag tone={TONES[row.state]}>{t[row.state]}</Tag>,
      order: (row) => ORDER[row.state],
    },
    { key: 'version', title: t.version, width: 110, render: (row) => row.version },
    { key: 'why', title: t.why, render: (row) => <span className="wrap">{row.why === 'product' ? t.ofProduct : row.why}</span> },
  ];
  return (
    <section>
      <h2 className="section">{t.features}</h2>
      <div className="filters">
        <Checkbox checked={!all} onChange={(event) => setAll(!event.target.checked)}>
          {t.onlyProduct}
        </Checkbox>
      </div>
      <Loaded state={features}>
        {(rows) => (
          <DataTable
            label={t.features}
            columns={columns}
            rows={rows.filter((row) => all || row.name.startsWith('solera-'))}
            rowKey={(row) => row.name}
            empty={<Empty title={t.noFeatures} hint={t.noFeaturesHint} />}
          />
        )}
      </Loaded>
    </section>
  );
}

function Bundles() {
  const t = texts.use();
  const [find, setFind] = useState('');
  const [product, setProduct] = useState(true);
  const bundles = useLoad('bundles', (signal) => api.get<Bundle[]>('system/bundles', {}, signal), {
    topics: ['bundles'],
    everySeconds: 30,
  });
  const rows = useMemo(
    () =>
      (bundles.data ?? []).filter(
        (each) => (!product || each.product) && each.symbolicName.toLowerCase().includes(find.trim().toLowerCase()),
      ),
    [bundles.data, product, find],
  );
  const columns: Column<Bundle>[] = [
    {
      key: 'name',
      title: t.bundle,
      width: 420,
      render: (row) => <span className="mono">{row.symbolicName}</span>,
      order: (row) => row.symbolicName,
    },
    { key: 'version', title: t.version, width: 180, render: (row) => row.version },
    {
      key: 'state',
      title: t.state,
      width: 140,
      render: (row) => <Tag tone={row.state === 'active' ? 'ok' : row.state === 'resolved' ? 'calm' : 'warn'}>{row.state}</Tag>,
      order: (row) => row.state,
    },
    { key: 'id', title: t.id, width: 90, align: 'right', render: (row) => row.id, order: (row) => row.id },
  ];
  return (
    <section>
      <h2 className="section">{t.bundles}</h2>
      <div className="filters">
        <Input.Search
          aria-label={t.find}
          placeholder={t.find}
          allowClear
          value={find}
          onChange={(event) => setFind(event.target.value)}
          style={{ maxWidth: 320 }}
        />
        <Checkbox checked={product} onChange={(event) => setProduct(event.target.checked)}>
          {t.onlyProduct}
        </Checkbox>
      </div>
      <Loaded state={bundles}>
        {() => (
          <DataTable
            label={t.bundles}
            columns={columns}
            rows={rows}
            rowKey={(row) => String(row.id)}
            empty={<Empty title={t.noBundles} hint={t.noBundlesHint} />}
          />
        )}
      </Loaded>
    </section>
  );
}

export default function BundlesAndFeatures() {
  const t = texts.use();
  return (
    <Page title={t.title} intro={t.intro}>
      <Features />
      <Bundles />
    </Page>
  );
}
