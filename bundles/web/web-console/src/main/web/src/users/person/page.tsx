// SPDX-License-Identifier: Apache-2.0
import { Alert, Button, Form, Input, Select, Switch } from 'antd';
import { useState } from 'react';
import { api, type Answer, type Page as ListPage } from '../../app/api';
import { Link, navigate, useQuery } from '../../app/router';
import { useMay, useSession } from '../../app/session';
import { useLoad } from '../../app/useLoad';
import { Card, Facts, Loaded, Page, ProblemBox } from '../../ui/basics';
import { FormDialog, useAction, useConfirm } from '../../ui/dialog';
import { useFormat } from '../../ui/format';
import { GrantPicker } from '../../ui/grants';
import { Keys } from '../credentials/keys';
import { Sessions } from '../credentials/sessions';
import { Tokens } from '../credentials/tokens';
import { type Group, LEAST_PASSWORD, personPath, randomPassword, tagOf, type User } from '../model';
import { texts } from '../people/texts';

interface Edit {
  displayName: string;
  email: string;
  enabled: boolean;
  groups: string[];
  grants: string[];
}

function Account({ answer, saved }: { answer: Answer<User>; saved: () => void }) {
  const t = texts.use();
  const user = answer.data;
  const may = useMay('users');
  const action = useAction();
  const groups = useLoad('groups', (signal) => api.get<ListPage<Group>>('users/groups', { limit: 1000 }, signal));
  const save = async (values: Edit) => {
    if (await action.run(() => api.put(personPath(user.name), values, { ifMatch: answer.etag || tagOf(user) }), t.saved)) {
      saved();
    }
  };
  return (
    <Card title={t.edit}>
      <Form<Edit>
        layout="vertical"
        initialValues={user}
        disabled={!may}
        onFinish={(values) => void save(values)}
        requiredMark={false}
      >
        <Form.Item name="displayName" label={t.displayName} rules={[{ max: 128 }]}>
          <Input />
        </Form.Item>
        <Form.Item name="email" label={t.email} rules={[{ type: 'email', message: t.emailRule }, { max: 254 }]}>
          <Input type="email" />
        </Form.Item>
        <Form.Item name="groups" label={t.groups}>
          <Select
            mode="multiple"
            options={(groups.data?.items ?? []).map((each) => ({ value: each.name, label: each.name }))}
          />
        </Form.Item>
        <Form.Item name="grants" label={t.grants}>
          <GrantPicker />
        </Form.Item>
        <Form.Item name="enabled" label={t.enabled} valuePropName="checked" extra={t.disableWhat}>
          <Switch />
        </Form.Item>
        {action.problem ? <ProblemBox problem={action.problem} /> : null}
        {may ? (
          <Button type="primary" htmlType="submit" loading={action.busy}>
            {t.save}
          </Button>
        ) : null}
      </Form>
    </Card>
  );
}

function Security({ user, changed }: { user: User; changed: () => void }) {
  const t = texts.use();
  const format = useFormat();
  const may = useMay('users');
  const confirm = useConfirm();
  const [setting, setSetting] = useState(false);
  const base = personPath(user.name);
  const source = user.source === 'local' ? t.local : user.source === 'ldap' ? t.ldap : t.oidc;
  return (
    <Card title={t.state}>
      <Facts
        pairs={[
          [t.source, source],
          [t.secondFactor, user.secondFactor ? t.on : t.off],
          [t.lastSignIn, user.lastSignInAt ? format.time(user.lastSignInAt) : t.never],
          [t.createdAt, format.time(user.createdAt)],
        ]}
      />
      {user.mustChangePassword ? <p className="hint">{t.mustChange}</p> : null}
      {may ? (
        <div className="row" style={{ marginTop: 14 }}>
          {user.source === 'local' ? <Button onClick={() => setSetting(true)}>{t.setPassword}</Button> : null}
          {user.secondFactor ? (
            <Button
              onClick={() =>
                confirm.ask({
                  title: t.removeFactorTitle(user.name),
                  consequences: [t.removeFactorWhat],
                  ok: t.removeFactor,
                  run: async () => {
                    await api.post(`${base}/second-factor/remove`);
                    changed();
                  },
                })
              }
            >
              {t.removeFactor}
            </Button>
          ) : null}
          <Button
            danger
            onClick={() =>
              confirm.ask({
                title: t.removeTitle(user.name),
                consequences: [t.removeWhat, t.removeKeeps],
                ok: t.remove,
                word: user.name,
                run: async () => {
                  await api.remove(base, { ifMatch: tagOf(user) });
                  navigate('/users', { replace: true });
                },
              })
            }
          >
            {t.remove}
          </Button>
        </div>
      ) : null}
      <FormDialog<{ password: string }>
        title={t.setPassword}
        open={setting}
        onClose={() => setSetting(false)}
        done={t.setDone}
        onSubmit={async ({ password }) => {
          await api.put(`${base}/password`, { password, mustChange: true });
          changed();
        }}
      >
        {(form) => (
          <>
            <Alert type="info" title={t.setPasswordWhat} style={{ marginBottom: 12 }} />
            <Form.Item
              name="password"
              label={t.newPassword}
              rules={[{ required: true, min: LEAST_PASSWORD, max: 256 }]}
              extra={
                <button
                  type="button"
                  className="copy-button"
                  onClick={() => form.setFieldValue('password', randomPassword())}
                >
                  {t.suggest}
                </button>
              }
            >
              <Input.Password autoComplete="new-password" />
            </Form.Item>
          </>
        )}
      </FormDialog>
      {confirm.holder}
    </Card>
  );
}

/** One user: account, state, sessions, tokens and keys. */
export default function Person() {
  const t = texts.use();
  const session = useSession();
  const [name] = useQuery('name');
  const person = useLoad(name, (signal) => api.read<User>(personPath(name), signal));
  return (
    <Page
      title={name}
      intro={session.name === name ? t.self : undefined}
      actions={<Link to="/users">{t.back}</Link>}
    >
      <Loaded state={person}>
        {(answer) => (
          <>
            <div className="grid">
              <Account key={answer.data.version} answer={answer} saved={person.reload} />
              <Security user={answer.data} changed={person.reload} />
            </div>
            <Sessions base={personPath(name)} />
            <Tokens base={personPath(name)} />
            <Keys base={personPath(name)} />
          </>
        )}
      </Loaded>
    </Page>
  );
}
