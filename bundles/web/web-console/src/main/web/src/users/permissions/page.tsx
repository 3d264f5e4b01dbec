// SPDX-License-Identifier: Apache-2.0
import { api } from '../../app/api';
import { useLanguage } from '../../app/preferences';
import { type Access, useSession } from '../../app/session';
import { useLoad } from '../../app/useLoad';
import { Card, Empty, Loaded, Page, Tag, type Tone } from '../../ui/basics';
import { Grants, roleName } from '../../ui/grants';
import { type Column, DataTable } from '../../ui/table';
import { texts } from './texts';

interface Table {
  domains: string[];
  roles: { role: string; domains: Record<string, Access> }[];
}

const TONES: Record<Access, Tone> = { none: 'calm', read: 'info', change: 'ok' };

export default function Permissions() {
  const t = texts.use();
  const language = useLanguage();
  const session = useSession();
  const table = useLoad('permissions', (signal) => api.get<Table>('users/permissions', {}, signal));
  const nameOf = (domain: string) => (t as Record<string, string>)[domain] ?? domain;
  return (
    <Page title={t.title} intro={t.intro}>
      <Card title={t.yours}>
        <Grants grants={session.grants} />
      </Card>
      <Loaded state={table}>
        {(data) => {
          const columns: Column<Table['roles'][number]>[] = [
            { key: 'role', title: t.role, render: (row) => <strong>{roleName(row.role, language)}</strong> },
            ...data.domains.map((domain): Column<Table['roles'][number]> => ({
              key: domain,
              title: nameOf(domain),
              render: (row) => {
                const access = row.domains[domain] ?? 'none';
                return access === 'none' ? <span className="quiet">{t.none}</span> : <Tag tone={TONES[access]}>{t[access]}</Tag>;
              },
            })),
          ];
          return (
            <DataTable
              label={t.title}
              columns={columns}
              rows={data.roles}
              rowKey={(row) => row.role}
              empty={<Empty title={t.empty} />}
            />
          );
        }}
      </Loaded>
    </Page>
  );
}
