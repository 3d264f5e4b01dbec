// SPDX-License-Identifier: Apache-2.0
import { Button, Segmented } from 'antd';
import { useMemo } from 'react';
import { api, type Page as ListPage } from '../../app/api';
import { useQuery } from '../../app/router';
import { useMay, useSession } from '../../app/session';
import { useLoad } from '../../app/useLoad';
import { Empty, Loaded, Page } from '../../ui/basics';
import { useConfirm } from '../../ui/dialog';
import { useFormat } from '../../ui/format';
import { type Column, DataTable } from '../../ui/table';
import { isRunning, type Operation } from '../model';
import { Progress } from './progress';
import { texts } from './texts';

export default function Operations() {
  const t = texts.use();
  const format = useFormat();
  const session = useSession();
  const may = useMay('system');
  const confirm = useConfirm();
  const [show, setShow] = useQuery('show', 'all');
  const operations = useLoad(
    'operations',
    (signal) => api.get<ListPage<Operation>>('system/operations', { limit: 500 }, signal),
    { topics: ['operations'], everySeconds: 30 },
  );
  const rows = useMemo(
    () => (operations.data?.items ?? []).filter((each) => show === 'all' || isRunning(each) === (show === 'running')),
    [operations.data, show],
  );
  const cancel = (operation: Operation) =>
    confirm.ask({
      title: t.cancelTitle(operation.title),
      consequences: [t.cancelStops, t.cancelOnce],
      ok: t.cancel,
      done: t.cancelAsked,
      run: async () => {
        await api.post(`system/operations/${encodeURIComponent(operation.id)}/cancel`);
        operations.reload();
      },
    });
  const columns: Column<Operation>[] = [
    {
      key: 'title',
      title: t.operation,
      width: 300,
      render: (row) => (
        <>
          <div>{row.title}</div>
          <div className="quiet">
            <span className="mono">{row.kind}</span> {row.target}
          </div>
        </>
      ),
      order: (row) => row.title,
    },
    { key: 'progress', title: t.progress, width: 420, render: (row) => <Progress operation={row} /> },
    { key: 'who', title: t.who, width: 130, render: (row) => row.who, order: (row) => row.who },
    {
      key: 'since',
      title: t.since,
      width: 190,
      render: (row) => format.time(row.createdAt),
      order: (row) => row.createdAt,
    },
    { key: 'ended', title: t.ended_, width: 190, render: (row) => (row.endedAt ? format.time(row.endedAt) : '') },
    {
      key: 'actions',
      title: '',
      width: 110,
      phone: 'actions',
      render: (row) =>
        row.cancellable && isRunning(row) && (may || row.who === session.name) ? (
          <Button danger size="small" onClick={() => cancel(row)}>
            {t.cancel}
          </Button>
        ) : null,
    },
  ];
  return (
    <Page title={t.title} intro={t.intro}>
      <div className="filters">
        <Segmented
          aria-label={t.state}
          value={show}
          onChange={setShow}
          options={[
            { value: 'all', label: t.all },
            { value: 'running', label: t.running },
            { value: 'ended', label: t.ended },
          ]}
        />
      </div>
      <Loaded state={operations}>
        {() => (
          <DataTable
            label={t.title}
            columns={columns}
            rows={rows}
            rowKey={(row) => row.id}
            empty={<Empty title={t.none} hint={t.noneHint} />}
          />
        )}
      </Loaded>
      {confirm.holder}
    </Page>
  );
}
