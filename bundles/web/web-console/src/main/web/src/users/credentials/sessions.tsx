// SPDX-License-Identifier: Apache-2.0
import { Button } from 'antd';
import { api, type Page as ListPage } from '../../app/api';
import { loadSession } from '../../app/session';
import { useLoad } from '../../app/useLoad';
import { Card, Empty, Loaded, Tag } from '../../ui/basics';
import { useConfirm } from '../../ui/dialog';
import { useFormat } from '../../ui/format';
import { DataTable } from '../../ui/table';
import { browserOf, type SessionRow } from '../model';
import { texts } from './texts';

/** Browsers of a person; `base` is `users/me` or the address of somebody else. */
export function Sessions({ base }: { base: string }) {
  const t = texts.use();
  const format = useFormat();
  const confirm = useConfirm();
  const sessions = useLoad(`${base}/sessions`, (signal) =>
    api.get<ListPage<SessionRow>>(`${base}/sessions`, {}, signal),
  );
  const end = (row: SessionRow) =>
    confirm.ask({
      title: t.endTitle,
      consequences: [t.endWhat(browserOf(row.agent)), ...(row.current ? [t.endOwn] : [])],
      ok: t.end,
      run: async () => {
        await api.remove(`${base}/sessions/${encodeURIComponent(row.id)}`);
        if (row.current) {
          await loadSession();
        } else {
          sessions.reload();
        }
      },
    });
  return (
    <Card title={t.sessions} extra={<span className="quiet">{t.sessionsHint}</span>} wide>
      <Loaded state={sessions}>
        {({ items }) => (
          <DataTable
            label={t.sessions}
            rows={items}
            rowKey={(row) => row.id}
            columns={[
              {
                key: 'agent',
                title: t.browser,
                render: (row) => (
                  <span className="row" title={row.agent}>
                    {browserOf(row.agent)} {row.current ? <Tag tone="ok">{t.current}</Tag> : null}
                  </span>
                ),
              },
              { key: 'origin', title: t.origin, render: (row) => <span className="mono">{row.origin}</span> },
              { key: 'since', title: t.since, render: (row) => format.time(row.since) },
              { key: 'until', title: t.until, render: (row) => format.time(row.until) },
              {
                key: 'actions',
                title: '',
                phone: 'actions',
                render: (row) => (
                  <Button size="small" danger onClick={() => end(row)}>
                    {t.end}
                  </Button>
                ),
              },
            ]}
            empty={<Empty title={t.noSessions} />}
          />
        )}
      </Loaded>
      {confirm.holder}
    </Card>
  );
}
