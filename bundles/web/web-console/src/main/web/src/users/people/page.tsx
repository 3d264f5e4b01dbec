// SPDX-License-Identifier: Apache-2.0
import { Button, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { api, idempotencyKey, type Page as ListPage, readAll } from '../../app/api';
import { useLanguage } from '../../app/preferences';
import { Link, useQuery } from '../../app/router';
import { useMay } from '../../app/session';
import { useLoad } from '../../app/useLoad';
import { Empty, Loaded, Page, Tag } from '../../ui/basics';
import { FormDialog } from '../../ui/dialog';
import { useFormat } from '../../ui/format';
import { GrantPicker, Grants, roleName, ROLES } from '../../ui/grants';
import { type Column, DataTable } from '../../ui/table';
import { type Group, LEAST_PASSWORD, NAME_RULE, randomPassword, type User } from '../model';
import { texts } from './texts';

interface NewUser {
  name: string;
  displayName?: string;
  email?: string;
  groups?: string[];
  grants?: string[];
  password: string;
}

const MOST = 5000;

function sourceName(source: string, t: ReturnType<typeof texts.now>): string {
  return source === 'local' ? t.local : source === 'ldap' ? t.ldap : source === 'oidc' ? t.oidc : source;
}

function Create({ groups, made }: { groups: string[]; made: () => void }) {
  const t = texts.use();
  const [key, setKey] = useState('');
  return (
    <>
      <Button type="primary" onClick={() => setKey(idempotencyKey())}>
        {t.create}
      </Button>
      <FormDialog<NewUser>
        title={t.create}
        open={key !== ''}
        onClose={() => setKey('')}
        submit={t.create}
        done={t.created}
        initial={{ groups: [], grants: [] }}
        onSubmit={async (values) => {
          await api.post(
            'users/people',
            {
              name: values.name,
              displayName: values.displayName ?? '',
              email: values.email ?? '',
              groups: values.groups ?? [],
              grants: values.grants ?? [],
              password: values.password,
            },
            { idempotencyKey: key },
          );
          made();
        }}
      >
        {(form) => (
          <>
            <Form.Item
              name="name"
              label={t.name}
              extra={t.nameHint}
              rules={[{ required: true }, { pattern: NAME_RULE, message: t.nameRule }]}
            >
              <Input autoCapitalize="none" spellCheck={false} />
            </Form.Item>
            <Form.Item name="displayName" label={t.displayName} rules={[{ max: 128 }]}>
              <Input />
            </Form.Item>
            <Form.Item name="email" label={t.email} rules={[{ type: 'email', message: t.emailRule }, { max: 254 }]}>
              <Input type="email" />
            </Form.Item>
            <Form.Item name="groups" label={t.groups}>
              <Select mode="multiple" options={groups.map((each) => ({ value: each, label: each }))} />
            </Form.Item>
            <Form.Item name="grants" label={t.grants}>
              <GrantPicker />
            </Form.Item>
            <Form.Item
              name="password"
              label={t.password}
              extra={
                <span className="row">
                  {t.passwordHint}
                  <button
                    type="button"
                    className="copy-button"
                    onClick={() => form.setFieldValue('password', randomPassword())}
                  >
                    {t.suggest}
                  </button>
                </span>
              }
              rules={[{ required: true, min: LEAST_PASSWORD, max: 256 }]}
            >
              <Input.Password autoComplete="new-password" />
            </Form.Item>
          </>
        )}
      </FormDialog>
    </>
  );
}

export default function People() {
  const t = texts.use();
  const language = useLanguage();
  const format = useFormat();
  const may = useMay('users');
  const [text, setText] = useQuery('text');
  const [group, setGroup] = useQuery('group');
  const [role, setRole] = useQuery('role');
  const people = useLoad(`${text}\n${group}\n${role}`, (signal) =>
    readAll<User>('users/people', { text, group, role }, MOST, signal),
  );
  const groups = useLoad('groups', (signal) => api.get<ListPage<Group>>('users/groups', { limit: 1000 }, signal));
  const groupNames = (groups.data?.items ?? []).map((each) => each.name);
  const columns: Column<User>[] = [
    {
      key: 'name',
      title: t.name,
      width: 210,
      render: (row) => <Link to={`/users/person?name=${encodeURIComponent(row.name)}`}>{row.name}</Link>,
      order: (row) => row.name,
    },
    { key: 'display', title: t.displayName, width: 190, render: (row) => row.displayName, order: (row) => row.displayName },
    {
      key: 'state',
      title: t.state,
      width: 110,
      render: (row) => <Tag tone={row.enabled ? 'ok' : 'calm'}>{row.enabled ? t.enabled : t.disabled}</Tag>,
      order: (row) => Number(row.enabled),
    },
    { key: 'grants', title: t.grants, width: 240, render: (row) => <Grants grants={row.grants} /> },
    { key: 'groups', title: t.groups, width: 180, render: (row) => row.groups.join(', ') },
    { key: 'source', title: t.source, width: 150, render: (row) => sourceName(row.source, t), order: (row) => row.source },
    {
      key: 'factor',
      title: t.secondFactor,
      width: 130,
      render: (row) => (row.secondFactor ? t.on : <span className="quiet">{t.off}</span>),
      order: (row) => Number(row.secondFactor),
    },
    {
      key: 'last',
      title: t.lastSignIn,
      width: 140,
      render: (row) => (row.lastSignInAt ? format.ago(row.lastSignInAt) : t.never),
      order: (row) => row.lastSignInAt ?? '',
    },
  ];
  return (
    <Page title={t.title} intro={t.intro} actions={may ? <Create groups={groupNames} made={people.reload} /> : null}>
      <div className="filters">
        <Input.Search
          aria-label={t.find}
          placeholder={t.find}
          allowClear
          defaultValue={text}
          onSearch={setText}
          style={{ maxWidth: 340 }}
        />
        <Select
          aria-label={t.groups}
          value={group}
          onChange={setGroup}
          style={{ minWidth: 150 }}
          options={[{ value: '', label: t.anyGroup }, ...groupNames.map((each) => ({ value: each, label: each }))]}
        />
        <Select
          aria-label={t.allGrants}
          value={role}
          onChange={setRole}
          style={{ minWidth: 150 }}
          options={[
            { value: '', label: t.anyRole },
            ...ROLES.map((each) => ({ value: each as string, label: roleName(each, language) })),
          ]}
        />
      </div>
      <Loaded state={people}>
        {(rows) => (
          <DataTable
            label={t.title}
            columns={columns}
            rows={rows}
            rowKey={(row) => row.name}
            loading={people.loading}
            empty={<Empty title={t.none} hint={`${t.noneHint} ${t.directoryHint}`} />}
          />
        )}
      </Loaded>
    </Page>
  );
}
