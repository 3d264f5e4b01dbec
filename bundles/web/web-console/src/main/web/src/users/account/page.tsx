// SPDX-License-Identifier: Apache-2.0
import { Button, Form, Input } from 'antd';
import { api } from '../../app/api';
import { loadSession, useSession } from '../../app/session';
import { useLoad } from '../../app/useLoad';
import { Card, Facts, Loaded, Page, ProblemBox } from '../../ui/basics';
import { useAction } from '../../ui/dialog';
import { useFormat } from '../../ui/format';
import { Grants } from '../../ui/grants';
import { Keys } from '../credentials/keys';
import { Sessions } from '../credentials/sessions';
import { Tokens } from '../credentials/tokens';
import { LEAST_PASSWORD, type User } from '../model';
import { SecondFactor } from './secondFactor';
import { texts } from './texts';

interface Change {
  old: string;
  fresh: string;
  again: string;
}

function Password() {
  const t = texts.use();
  const session = useSession();
  const action = useAction();
  const [form] = Form.useForm<Change>();
  if (session.source !== 'local') {
    return (
      <Card title={t.password}>
        <p>{t.passwordElsewhere}</p>
      </Card>
    );
  }
  const change = async (values: Change) => {
    const body = { oldPassword: values.old, newPassword: values.fresh };
    if (await action.run(() => api.put('users/me/password', body), t.changed)) {
      form.resetFields();
      await loadSession();
    }
  };
  return (
    <Card title={t.password}>
      <Form<Change> form={form} layout="vertical" requiredMark={false} onFinish={(values) => void change(values)}>
        <input type="text" name="username" autoComplete="username" value={session.name} readOnly hidden />
        <Form.Item name="old" label={t.old} rules={[{ required: true }]}>
          <Input.Password autoComplete="current-password" />
        </Form.Item>
        <Form.Item
          name="fresh"
          label={t.fresh}
          extra={t.freshHint}
          rules={[{ required: true, min: LEAST_PASSWORD, max: 256 }]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Form.Item
          name="again"
          label={t.again}
          dependencies={['fresh']}
          rules={[
            { required: true },
            ({ getFieldValue }) => ({
              validator: (_, value) =>
                value === getFieldValue('fresh') ? Promise.resolve() : Promise.reject(new Error(t.differs)),
            }),
          ]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        {action.problem ? <ProblemBox problem={action.problem} /> : null}
        <Button type="primary" htmlType="submit" loading={action.busy}>
          {t.change}
        </Button>
      </Form>
    </Card>
  );
}

/** Everything about the person who is signed in. */
export default function Account() {
  const t = texts.use();
  const format = useFormat();
  const session = useSession();
  const me = useLoad('me', (signal) => api.get<{ user: User }>('users/me', {}, signal));
  return (
    <Page title={t.title}>
      <div className="grid">
        <Card title={t.me}>
          <Loaded state={me}>
            {({ user }) => (
              <Facts
                pairs={[
                  [t.name, user.name],
                  [t.displayName, user.displayName],
                  [t.email, user.email],
                  [t.roles, <Grants key="grants" grants={session.grants} />],
                  [t.groups, user.groups.join(', ')],
                  [t.until, format.time(session.until)],
                ]}
              />
            )}
          </Loaded>
        </Card>
        <SecondFactor />
        <Password />
      </div>
      <Sessions base="users/me" />
      <Tokens base="users/me" />
      <Keys base="users/me" />
    </Page>
  );
}
