// SPDX-License-Identifier: Apache-2.0
import { Alert, Button, Form, Input, QRCode } from 'antd';
import { useState } from 'react';
import { api } from '../../app/api';
import { useScheme } from '../../app/preferences';
import { loadSession, useSession } from '../../app/session';
import { Card, ProblemBox, Tag } from '../../ui/basics';
import { FormDialog, SecretDialog, useAction } from '../../ui/dialog';
import { texts } from './texts';

/** The key within an otpauth address, in groups of four for typing. */
export function keyOf(uri: string): string {
  const secret = /[?&]secret=([^&]+)/.exec(uri)?.[1] ?? '';
  return secret.replace(/(.{4})(?=.)/g, '$1 ');
}

function SetUp({ uri, onClose, done }: { uri: string; onClose: () => void; done: (codes: string[]) => void }) {
  const t = texts.use();
  const scheme = useScheme();
  return (
    <FormDialog<{ code: string }>
      title={t.factor}
      open={uri !== ''}
      onClose={onClose}
      submit={t.confirm}
      done={t.turnedOn}
      onSubmit={async ({ code }) => {
        const answer = await api.put<{ recoveryCodes: string[] }>('users/me/second-factor', {
          code: code.replace(/\s/g, ''),
        });
        done(answer.recoveryCodes);
      }}
    >
      <p>{t.scan}</p>
      <div role="img" aria-label={t.qr} style={{ display: 'grid', justifyItems: 'center', margin: '12px 0' }}>
        <QRCode
          value={uri}
          type="svg"
          size={200}
          color={scheme === 'dark' ? '#10181d' : '#16222b'}
          bgColor="#ffffff"
          errorLevel="M"
        />
      </div>
      <p className="quiet">{t.byHand}</p>
      <pre className="code">{keyOf(uri)}</pre>
      <Form.Item name="code" label={t.code} extra={t.codeHint} rules={[{ required: true }]} style={{ marginTop: 12 }}>
        <Input inputMode="numeric" autoComplete="one-time-code" maxLength={9} />
      </Form.Item>
    </FormDialog>
  );
}

/** The second factor of the person who is signed in. */
export function SecondFactor() {
  const t = texts.use();
  const session = useSession();
  const action = useAction();
  const [uri, setUri] = useState('');
  const [codes, setCodes] = useState<string[]>();
  const [removing, setRemoving] = useState(false);
  const begin = () =>
    action.run(async () => {
      setUri((await api.post<{ uri: string }>('users/me/second-factor')).uri);
    }, '');
  return (
    <Card title={t.factor} extra={<Tag tone={session.secondFactor ? 'ok' : 'warn'}>{session.secondFactor ? t.on : t.off}</Tag>}>
      <p>{session.secondFactor ? t.factorOn : t.factorOff}</p>
      {action.problem ? <ProblemBox problem={action.problem} /> : null}
      <div className="row" style={{ marginTop: 12 }}>
        {session.secondFactor ? (
          <Button danger onClick={() => setRemoving(true)}>
            {t.turnOff}
          </Button>
        ) : (
          <Button type="primary" loading={action.busy} onClick={() => void begin()}>
            {t.setUp}
          </Button>
        )}
      </div>
      <SetUp
        uri={uri}
        onClose={() => setUri('')}
        done={(given) => {
          setCodes(given);
          void loadSession();
        }}
      />
      <SecretDialog
        title={t.codes}
        values={codes ? [[t.codesHint, codes.join('\n')]] : undefined}
        onClose={() => setCodes(undefined)}
      />
      <FormDialog<{ password: string }>
        title={t.turnOffTitle}
        open={removing}
        onClose={() => setRemoving(false)}
        submit={t.turnOff}
        done={t.turnedOff}
        danger
        onSubmit={async ({ password }) => {
          await api.post('users/me/second-factor/remove', { password });
          await loadSession();
        }}
      >
        <Alert type="warning" title={t.turnOffWhat} style={{ marginBottom: 12 }} />
        <Form.Item name="password" label={t.old} rules={[{ required: true }]}>
          <Input.Password autoComplete="current-password" />
        </Form.Item>
      </FormDialog>
    </Card>
  );
}
