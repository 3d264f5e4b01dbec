// SPDX-License-Identifier: Apache-2.0
import { Button, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { api, idempotencyKey, type Page as ListPage } from '../../app/api';
import { useLoad } from '../../app/useLoad';
import { Card, Empty, Loaded, ProblemBox, Tag } from '../../ui/basics';
import { FormDialog, SecretDialog, useAction, useConfirm } from '../../ui/dialog';
import { useFormat } from '../../ui/format';
import { GrantPicker, Grants } from '../../ui/grants';
import { DataTable } from '../../ui/table';
import { type KeyRow } from '../model';
import { expiryOf, LIVES } from './expiry';
import { texts } from './texts';

interface NewKey {
  title: string;
  grants?: string[];
  days: number;
}

/** S3 access keys of a person. */
export function Keys({ base }: { base: string }) {
  const t = texts.use();
  const format = useFormat();
  const confirm = useConfirm();
  const action = useAction();
  const [making, setMaking] = useState('');
  const [made, setMade] = useState<{ id: string; secret: string }>();
  const keys = useLoad(`${base}/keys`, (signal) => api.get<ListPage<KeyRow>>(`${base}/keys`, {}, signal));
  const create = async (values: NewKey) => {
    setMade(
      await api.post<{ id: string; secret: string }>(
        `${base}/keys`,
        { title: values.title, grants: values.grants ?? [], expiresAt: expiryOf(values.days) },
        { idempotencyKey: making },
      ),
    );
    keys.reload();
  };
  const enable = async (row: KeyRow) => {
    if (
      await action.run(() => api.put(`${base}/keys/${encodeURIComponent(row.id)}`, { enabled: !row.enabled }))
    ) {
      keys.reload();
    }
  };
  const remove = (row: KeyRow) =>
    confirm.ask({
      title: t.deleteKeyTitle(row.id),
      consequences: [t.deleteKeyWhat, t.noUndo],
      ok: t.deleteKey,
      run: async () => {
        await api.remove(`${base}/keys/${encodeURIComponent(row.id)}`);
        keys.reload();
      },
    });
  const open = (
    <Button type="primary" onClick={() => setMaking(idempotencyKey())}>
      {t.newKey}
    </Button>
  );
  return (
    <Card title={t.keys} extra={open} wide>
      <p className="quiet lead-in">{t.keysHint}</p>
      {action.problem ? <ProblemBox problem={action.problem} /> : null}
      <Loaded state={keys}>
        {({ items }) => (
          <DataTable
            label={t.keys}
            rows={items}
            rowKey={(row) => row.id}
            columns={[
              { key: 'id', title: t.keyId, render: (row) => <span className="mono">{row.id}</span> },
              { key: 'title', title: t.title, render: (row) => row.title },
              {
                key: 'state',
                title: t.state,
                render: (row) => <Tag tone={row.enabled ? 'ok' : 'calm'}>{row.enabled ? t.inForce : t.offForce}</Tag>,
              },
              {
                key: 'grants',
                title: t.grants,
                render: (row) => (row.grants.length === 0 ? t.all : <Grants grants={row.grants} />),
              },
              { key: 'created', title: t.created, render: (row) => format.date(row.createdAt), order: (row) => row.createdAt },
              {
                key: 'expires',
                title: t.expires,
                render: (row) => (row.expiresAt ? format.date(row.expiresAt) : t.never),
              },
              {
                key: 'actions',
                title: '',
                phone: 'actions',
                render: (row) => (
                  <span className="row">
                    <Button size="small" loading={action.busy} onClick={() => void enable(row)}>
                      {row.enabled ? t.turnOff : t.turnOn}
                    </Button>
                    <Button size="small" danger onClick={() => remove(row)}>
                      {t.deleteKey}
                    </Button>
                  </span>
                ),
              },
            ]}
            empty={<Empty title={t.noKeys} hint={t.noKeysHint} />}
          />
        )}
      </Loaded>
      <FormDialog<NewKey>
        title={t.newKey}
        open={making !== ''}
        onClose={() => setMaking('')}
        onSubmit={create}
        initial={{ days: 0, grants: [] }}
        submit={t.newKey}
      >
        <Form.Item name="title" label={t.title} extra={t.titleHint} rules={[{ required: true, max: 128 }]}>
          <Input />
        </Form.Item>
        <Form.Item name="days" label={t.expires}>
          <Select
            options={[{ value: 0, label: t.never }, ...LIVES.map((days) => ({ value: days as number, label: t.days(days) }))]}
          />
        </Form.Item>
        <Form.Item name="grants" label={t.grants} extra={t.grantsHint}>
          <GrantPicker />
        </Form.Item>
      </FormDialog>
      <SecretDialog
        title={t.keyMade}
        values={
          made
            ? [
                [t.keyId, made.id],
                [t.secret, made.secret],
              ]
            : undefined
        }
        onClose={() => setMade(undefined)}
      />
      {confirm.holder}
    </Card>
  );
}
