// SPDX-License-Identifier: Apache-2.0
import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { api, idempotencyKey, readAll } from '../../app/api';
import { Link } from '../../app/router';
import { useMay } from '../../app/session';
import { useLoad } from '../../app/useLoad';
import { Empty, Loaded, Page } from '../../ui/basics';
import { FormDialog, useConfirm } from '../../ui/dialog';
import { GrantPicker, Grants } from '../../ui/grants';
import { type Column, DataTable } from '../../ui/table';
import { type Group, GROUP_RULE, groupPath, tagOf } from '../model';
import { texts } from './texts';

interface Edit {
  name: string;
  description?: string;
  grants?: string[];
  external?: string;
}

const MOST = 5000;

const linesOf = (text: string | undefined): string[] =>
  (text ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

function Dialog({ group, onClose, saved }: { group: Group | 'new' | undefined; onClose: () => void; saved: () => void }) {
  const t = texts.use();
  const [key] = useState(idempotencyKey);
  const known = group === 'new' ? undefined : group;
  const submit = async (values: Edit) => {
    const body = {
      description: values.description ?? '',
      grants: values.grants ?? [],
      external: linesOf(values.external),
    };
    if (known) {
      await api.put(groupPath(known.name), body, { ifMatch: tagOf(known) });
    } else {
      await api.post('users/groups', { name: values.name, ...body }, { idempotencyKey: key });
    }
    saved();
  };
  return (
    <FormDialog<Edit>
      title={known ? t.editTitle(known.name) : t.create}
      open={group !== undefined}
      onClose={onClose}
      onSubmit={submit}
      initial={known ? { ...known, external: known.external.join('\n') } : { grants: [] }}
    >
      {known ? null : (
        <Form.Item
          name="name"
          label={t.name}
          extra={t.nameHint}
          rules={[{ required: true }, { pattern: GROUP_RULE, message: t.nameRule }]}
        >
          <Input autoCapitalize="none" spellCheck={false} />
        </Form.Item>
      )}
      <Form.Item name="description" label={t.description} rules={[{ max: 256 }]}>
        <Input />
      </Form.Item>
      <Form.Item name="grants" label={t.grants}>
        <GrantPicker />
      </Form.Item>
      <Form.Item name="external" label={t.external} extra={t.externalHint}>
        <Input.TextArea rows={3} />
      </Form.Item>
    </FormDialog>
  );
}

export default function Groups() {
  const t = texts.use();
  const may = useMay('users');
  const confirm = useConfirm();
  const [editing, setEditing] = useState<Group | 'new'>();
  const groups = useLoad('groups', (signal) => readAll<Group>('users/groups', {}, MOST, signal));
  const remove = (group: Group) =>
    confirm.ask({
      title: t.removeTitle(group.name),
      consequences: [t.removeWhat(group.members), t.removeKeeps],
      ok: t.remove,
      run: async () => {
        await api.remove(groupPath(group.name), { ifMatch: tagOf(group) });
        groups.reload();
      },
    });
  const columns: Column<Group>[] = [
    { key: 'name', title: t.name, width: 200, render: (row) => row.name, order: (row) => row.name },
    { key: 'description', title: t.description, width: 260, render: (row) => row.description },
    { key: 'grants', title: t.grants, width: 260, render: (row) => <Grants grants={row.grants} /> },
    {
      key: 'external',
      title: t.external,
      width: 260,
      render: (row) => <span className="wrap">{row.external.join(', ')}</span>,
    },
    {
      key: 'members',
      title: t.members,
      width: 110,
      align: 'right',
      render: (row) => <Link to={`/users?group=${encodeURIComponent(row.name)}`}>{row.members}</Link>,
      order: (row) => row.members,
    },
    {
      key: 'actions',
      title: '',
      width: 170,
      phone: 'actions',
      render: (row) =>
        may ? (
          <span className="row">
            <Button size="small" onClick={() => setEditing(row)}>
              {t.edit}
            </Button>
            <Button size="small" danger onClick={() => remove(row)}>
              {t.remove}
            </Button>
          </span>
        ) : null,
    },
  ];
  const create = may ? (
    <Button type="primary" onClick={() => setEditing('new')}>
      {t.create}
    </Button>
  ) : null;
  return (
    <Page title={t.title} intro={t.intro} actions={create}>
      <Loaded state={groups}>
        {(rows) => (
          <DataTable
            label={t.title}
            columns={columns}
            rows={rows}
            rowKey={(row) => row.name}
            empty={<Empty title={t.none} hint={t.noneHint} />}
          />
        )}
      </Loaded>
      <Dialog
        key={editing === 'new' ? 'new' : editing?.name}
        group={editing}
        onClose={() => setEditing(undefined)}
        saved={groups.reload}
      />
      {confirm.holder}
    </Page>
  );
}
