// SPDX-License-Identifier: Apache-2.0
import { Button, Checkbox, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { api, idempotencyKey, type Page as ListPage } from '../../app/api';
import { useLoad } from '../../app/useLoad';
import { Card, Empty, Loaded, Tag } from '../../ui/basics';
import { FormDialog, SecretDialog, useConfirm } from '../../ui/dialog';
import { useFormat } from '../../ui/format';
import { GrantPicker, Grants } from '../../ui/grants';
import { DataTable } from '../../ui/table';
import { type TokenRow } from '../model';
import { expiryOf, LIVES } from './expiry';
import { texts } from './texts';

interface NewToken {
  title: string;
  grants?: string[];
  readOnly?: boolean;
  days: number;
}

/** Bearer tokens of a person. */
export function Tokens({ base }: { base: string }) {
  const t = texts.use();
  const format = useFormat();
  const confirm = useConfirm();
  const [making, setMaking] = useState('');
  const [made, setMade] = useState<string>();
  const tokens = useLoad(`${base}/tokens`, (signal) => api.get<ListPage<TokenRow>>(`${base}/tokens`, {}, signal));
  const create = async (values: NewToken) => {
    const answer = await api.post<{ secret: string }>(
      `${base}/tokens`,
      {
        title: values.title,
        grants: values.grants ?? [],
        readOnly: values.readOnly ?? false,
        expiresAt: expiryOf(values.days),
      },
      { idempotencyKey: making },
    );
    setMade(answer.secret);
    tokens.reload();
  };
  const revoke = (row: TokenRow) =>
    confirm.ask({
      title: t.revokeTitle(row.title),
      consequences: [t.revokeWhat, t.noUndo],
      ok: t.revoke,
      run: async () => {
        await api.remove(`${base}/tokens/${encodeURIComponent(row.id)}`);
        tokens.reload();
      },
    });
  const open = (
    <Button type="primary" onClick={() => setMaking(idempotencyKey())}>
      {t.newToken}
    </Button>
  );
  return (
    <Card title={t.tokens} extra={open} wide>
      <p className="quiet lead-in">{t.tokensHint}</p>
      <Loaded state={tokens}>
        {({ items }) => (
          <DataTable
            label={t.tokens}
            rows={items}
            rowKey={(row) => row.id}
            columns={[
              { key: 'title', title: t.title, render: (row) => row.title, order: (row) => row.title },
              {
                key: 'grants',
                title: t.grants,
                render: (row) => (
                  <span className="row">
                    {row.grants.length === 0 ? t.all : <Grants grants={row.grants} />}
                    {row.readOnly ? <Tag flat>{t.readOnly}</Tag> : null}
                  </span>
                ),
              },
              { key: 'expires', title: t.expires, render: (row) => format.date(row.expiresAt), order: (row) => row.expiresAt },
              {
                key: 'used',
                title: t.lastUsed,
                render: (row) => (row.lastUsedAt ? format.ago(row.lastUsedAt) : t.notUsed),
              },
              {
                key: 'actions',
                title: '',
                phone: 'actions',
                render: (row) => (
                  <Button size="small" danger onClick={() => revoke(row)}>
                    {t.revoke}
                  </Button>
                ),
              },
            ]}
            empty={<Empty title={t.noTokens} hint={t.noTokensHint} />}
          />
        )}
      </Loaded>
      <FormDialog<NewToken>
        title={t.newToken}
        open={making !== ''}
        onClose={() => setMaking('')}
        onSubmit={create}
        initial={{ days: 90, readOnly: false, grants: [] }}
        submit={t.newToken}
      >
        <Form.Item name="title" label={t.title} extra={t.titleHint} rules={[{ required: true, max: 128 }]}>
          <Input />
        </Form.Item>
        <Form.Item name="days" label={t.expires}>
          <Select options={LIVES.map((days) => ({ value: days, label: t.days(days) }))} />
        </Form.Item>
        <Form.Item name="grants" label={t.grants} extra={t.grantsHint}>
          <GrantPicker />
        </Form.Item>
        <Form.Item name="readOnly" valuePropName="checked">
          <Checkbox>{t.readOnly}</Checkbox>
        </Form.Item>
      </FormDialog>
      <SecretDialog
        title={t.tokenMade}
        values={made ? [[t.token, made]] : undefined}
        onClose={() => setMade(undefined)}
      />
      {confirm.holder}
    </Card>
  );
}
