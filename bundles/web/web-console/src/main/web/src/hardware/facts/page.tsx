// SPDX-License-Identifier: Apache-2.0
import { ReloadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { api } from '../../app/api';
import { useLanguage } from '../../app/preferences';
import { useMay } from '../../app/session';
import { useLoad } from '../../app/useLoad';
import { Card, Empty, Facts, Loaded, Page, ProblemBox, Tag } from '../../ui/basics';
import { useAction } from '../../ui/dialog';
import { useFormat } from '../../ui/format';
import { DataTable } from '../../ui/table';
import { texts } from './texts';

interface Gpu {
  pciAddress: string;
  vendor: string;
  device: string;
  driver: string;
  renderNode: string;
  vulkanVersion: string;
  encoders: string[];
}

interface Inventory {
  probed: string;
  source: string;
  architecture: string;
  board: { vendor: string; product: string; compatible: string[] };
  cpu: { model: string; logicalCores: number; features: string[] };
  memoryBytes: number;
  gpus: Gpu[];
  blockDevices: { name: string; sizeBytes: number; rotational: boolean; model: string }[];
  networkInterfaces: { name: string; macAddress: string; speedMbps: number; driver: string }[];
}

interface Profile {
  name: string;
  description: Record<string, string>;
  matches: { profile: string; matches: boolean; specificity: number; reasons: string[] }[];
  capabilities: string[];
  tuning: { pid: string; key: string; wanted: string; found: string; state: string }[];
  problems: string[];
}

function ProfileView({ profile }: { profile: Profile }) {
  const t = texts.use();
  const language = useLanguage();
  const description = profile.description[language === 'zh' ? 'zh' : 'en'] ?? profile.description['zh-CN'] ?? '';
  return (
    <>
      <Card title={`${t.profile}: ${profile.name}`} wide>
        <p className="quiet">{description || profile.description.en}</p>
        {profile.problems.length > 0 ? (
          <div className="hint warn">
            <strong>{t.problems}</strong>
            <ul className="bullets">
              {profile.problems.map((each) => (
                <li key={each}>{each}</li>
              ))}
            </ul>
          </div>
        ) : null}
        <ul className="plain-list">
          {profile.matches.map((match) => (
            <li key={match.profile}>
              <div className="split">
                <strong className="mono">{match.profile}</strong>
                <Tag tone={match.profile === profile.name ? 'ok' : match.matches ? 'info' : 'calm'}>
                  {match.profile === profile.name ? t.inForce : match.matches ? t.fits : t.doesNotFit}
                </Tag>
              </div>
              <ul className="bullets quiet">
                {match.reasons.map((reason) => (
                  <li key={reason}>{reason}</li>
                ))}
              </ul>
            </li>
          ))}
        </ul>
        <details>
          <summary>{t.capabilities}</summary>
          <pre className="code">{profile.capabilities.join('\n')}</pre>
        </details>
      </Card>
      <section>
        <h2 className="section">{t.tuning}</h2>
        <DataTable
          label={t.tuning}
          rows={profile.tuning}
          rowKey={(row) => `${row.pid} ${row.key}`}
          columns={[
            { key: 'key', title: t.setting, render: (row) => <span className="mono">{`${row.pid} ${row.key}`}</span> },
            { key: 'wanted', title: t.wanted, render: (row) => row.wanted },
            { key: 'found', title: t.found, render: (row) => row.found },
            {
              key: 'state',
              title: t.state,
              render: (row) => <Tag flat>{row.state.toLowerCase().replaceAll('_', ' ')}</Tag>,
            },
          ]}
          empty={<Empty title={t.noTuning} />}
        />
      </section>
    </>
  );
}

function InventoryView({ box }: { box: Inventory }) {
  const t = texts.use();
  const format = useFormat();
  return (
    <>
      <div className="grid">
        <Card title={t.box}>
          <Facts
            pairs={[
              [t.vendor, box.board.vendor],
              [t.product, box.board.product],
              [t.architecture, box.architecture],
              [t.memory, box.memoryBytes > 0 ? format.bytes(box.memoryBytes) : ''],
              [t.source, box.source],
            ]}
          />
        </Card>
        <Card title={t.processors}>
          <Facts
            pairs={[
              [t.model, box.cpu.model],
              [t.cores, box.cpu.logicalCores || ''],
              [
                t.cpuFeatures,
                box.cpu.features.length > 0 ? (
                  <details>
                    <summary>{`${t.show} (${box.cpu.features.length})`}</summary>
                    <span className="mono">{box.cpu.features.join(' ')}</span>
                  </details>
                ) : (
                  ''
                ),
              ],
            ]}
          />
        </Card>
      </div>
      <section>
        <h2 className="section">{t.gpus}</h2>
        <DataTable
          label={t.gpus}
          rows={box.gpus}
          rowKey={(row) => row.pciAddress + row.renderNode}
          columns={[
            { key: 'device', title: t.device, render: (row) => `${row.vendor} ${row.device}` },
            { key: 'driver', title: t.driver, render: (row) => row.driver },
            { key: 'vulkan', title: t.vulkan, render: (row) => row.vulkanVersion },
            { key: 'encoders', title: t.encoders, render: (row) => row.encoders.join(', ') },
            { key: 'address', title: t.address, render: (row) => <span className="mono">{row.pciAddress}</span> },
          ]}
          empty={<Empty title={t.noGpu} hint={t.noGpuHint} />}
        />
      </section>
      <section>
        <h2 className="section">{t.blocks}</h2>
        <DataTable
          label={t.blocks}
          rows={box.blockDevices}
          rowKey={(row) => row.name}
          columns={[
            { key: 'name', title: t.name, render: (row) => <span className="mono">{row.name}</span>, order: (row) => row.name },
            { key: 'size', title: t.size, render: (row) => format.bytes(row.sizeBytes), order: (row) => row.sizeBytes },
            { key: 'kind', title: t.kind, render: (row) => (row.rotational ? t.rotational : t.solid) },
            { key: 'model', title: t.model, render: (row) => row.model },
          ]}
          empty={<Empty title={t.noBlocks} hint={t.noBlocksHint} />}
        />
      </section>
      <section>
        <h2 className="section">{t.interfaces}</h2>
        <DataTable
          label={t.interfaces}
          rows={box.networkInterfaces}
          rowKey={(row) => row.name}
          columns={[
            { key: 'name', title: t.name, render: (row) => <span className="mono">{row.name}</span> },
            { key: 'mac', title: t.mac, render: (row) => <span className="mono">{row.macAddress}</span> },
            {
              key: 'speed',
              title: t.speed,
              render: (row) => (row.speedMbps > 0 ? `${format.number(row.speedMbps)} Mbit/s` : t.unknown),
            },
            { key: 'driver', title: t.driver, render: (row) => row.driver },
          ]}
          empty={<Empty title={t.noInterfaces} />}
        />
      </section>
    </>
  );
}

export default function Hardware() {
  const t = texts.use();
  const format = useFormat();
  const may = useMay('hardware');
  const action = useAction();
  const inventory = useLoad('inventory', (signal) => api.get<Inventory>('hardware/inventory', {}, signal));
  const profile = useLoad('profile', (signal) => api.get<Profile>('hardware/profile', {}, signal));
  const probe = async () => {
    if (await action.run(() => api.post('hardware/probe'), t.probeDone)) {
      inventory.reload();
      profile.reload();
    }
  };
  return (
    <Page
      title={t.title}
      intro={t.intro}
      actions={
        <>
          {inventory.data ? <span className="quiet">{t.probed(format.ago(inventory.data.probed))}</span> : null}
          {may ? (
            <Button icon={<ReloadOutlined />} loading={action.busy} onClick={() => void probe()}>
              {t.probe}
            </Button>
          ) : null}
        </>
      }
    >
      {action.problem ? <ProblemBox problem={action.problem} /> : null}
      <Loaded state={profile}>{(data) => <ProfileView profile={data} />}</Loaded>
      <Loaded state={inventory}>{(data) => <InventoryView box={data} />}</Loaded>
    </Page>
  );
}
