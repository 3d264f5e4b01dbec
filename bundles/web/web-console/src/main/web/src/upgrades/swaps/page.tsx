// SPDX-License-Identifier: Apache-2.0
import { useCallback, useState } from 'react';
import { api, upload } from '../../app/api';
import { useMay } from '../../app/session';
import { useLoad } from '../../app/useLoad';
import { Bar, Card, Empty, Loaded, Page, ProblemBox, Tag } from '../../ui/basics';
import { useAction } from '../../ui/dialog';
import { FileButton } from '../../ui/fileButton';
import { useFormat } from '../../ui/format';
import { type Column, DataTable } from '../../ui/table';
import { type Installed, type Phase, type Plan, type Swap, toneOfSwap } from './model';
import { PlanView } from './planView';
import { Steps, SwapView } from './swapView';
import { phaseNames, texts } from './texts';

function History({ swaps }: { swaps: Swap[] }) {
  const t = texts.use();
  const names = phaseNames.use();
  const format = useFormat();
  const columns: Column<Swap>[] = [
    { key: 'bundle', title: t.bundle, width: 320, render: (row) => <span className="mono">{row.bundle}</span>, order: (row) => row.bundle },
    { key: 'version', title: t.version, width: 170, render: (row) => `${row.fromVersion} → ${row.toVersion}` },
    { key: 'phase', title: t.phase, width: 150, render: (row) => <Tag tone={toneOfSwap(row)}>{names[row.phase as Phase] ?? row.phase}</Tag> },
    { key: 'started', title: t.started, width: 190, render: (row) => format.time(row.started), order: (row) => row.started },
    {
      key: 'took',
      title: t.took,
      width: 100,
      render: (row) => format.seconds((Date.parse(row.updated) - Date.parse(row.started)) / 1000),
    },
  ];
  return (
    <DataTable
      label={t.history}
      columns={columns}
      rows={swaps}
      rowKey={(row) => String(row.id)}
      detail={(row) => (
        <div className="wrap">
          {row.failure ? <p className="why">{row.failure}</p> : null}
          <Steps swap={row} />
        </div>
      )}
      empty={<Empty title={t.noHistory} hint={t.noHistoryHint} />}
    />
  );
}

export default function Upgrades() {
  const t = texts.use();
  const format = useFormat();
  const may = useMay('upgrades');
  const action = useAction();
  const [share, setShare] = useState(0);
  const [plan, setPlan] = useState<Plan>();
  const [swap, setSwap] = useState<Swap>();
  const swaps = useLoad('swaps', (signal) => api.get<Swap[]>('upgrades/swaps', {}, signal), { topics: ['operations'] });
  const installed = useLoad('installed', (signal) => api.get<Installed[]>('upgrades/installed', {}, signal));
  const { reload } = swaps;
  const { reload: reloadInstalled } = installed;
  const ended = useCallback(() => {
    reload();
    reloadInstalled();
  }, [reload, reloadInstalled]);
  // One that somebody else began, or that was begun before this page was loaded.
  const running = swaps.data?.find((each) => !each.finished);
  if (!swap && running) {
    setSwap(running);
  }
  const send = (file: File) =>
    action.run(async () => {
      setShare(0);
      setSwap(undefined);
      setPlan(undefined);
      setPlan(await upload<Plan>('upgrades/swaps', file, setShare));
    }, '');
  return (
    <Page
      title={t.title}
      intro={t.intro}
      actions={
        may ? (
          <FileButton primary label={t.choose} accept=".jar" busy={action.busy} onFile={(file) => void send(file)} />
        ) : null
      }
    >
      {may ? null : <p className="hint">{t.readOnly}</p>}
      {action.busy ? (
        <Card title={t.uploading(format.percent(share))}>
          <Bar share={share} label={t.choose} />
        </Card>
      ) : null}
      {action.problem ? <ProblemBox problem={action.problem} /> : null}
      {plan ? (
        <PlanView
          plan={plan}
          discard={() => setPlan(undefined)}
          begun={(next) => {
            setPlan(undefined);
            setSwap(next);
          }}
        />
      ) : null}
      {swap ? <SwapView key={swap.id} swap={swap} ended={ended} /> : null}
      <section>
        <h2 className="section">{t.history}</h2>
        <Loaded state={swaps}>{(rows) => <History swaps={rows} />}</Loaded>
      </section>
      <section>
        <h2 className="section">{t.installed}</h2>
        <Loaded state={installed}>
          {(rows) => (
            <DataTable
              label={t.installed}
              rows={rows}
              rowKey={(row) => `${row.name} ${row.version}`}
              columns={[
                { key: 'name', title: t.feature, width: 260, render: (row) => <span className="mono">{row.name}</span>, order: (row) => row.name },
                { key: 'version', title: t.version, width: 130, render: (row) => row.version },
                { key: 'reason', title: t.reason, width: 180, render: (row) => (row.reason === 'product' ? t.product : row.reason) },
                {
                  key: 'from',
                  title: t.from,
                  phone: 'hide',
                  render: (row) => <span className="mono quiet wrap">{row.repository}</span>,
                },
              ]}
              empty={<Empty title={t.noInstalled} />}
            />
          )}
        </Loaded>
      </section>
    </Page>
  );
}
