// SPDX-License-Identifier: Apache-2.0
import { type FormEvent, useEffect, useState } from 'react';
import { Problem } from '../app/api';
import { useLanguage } from '../app/preferences';
import { tell, type Told } from '../app/problems';
import { usePlace } from '../app/router';
import { type Provider, signIn } from '../app/session';
import { Card, Field, Refusal } from './form';
import { texts } from './texts';

/** Counts down to 0, a second at a time. */
function useCountdown(): [number, (seconds: number) => void] {
  const [left, setLeft] = useState(0);
  useEffect(() => {
    if (left <= 0) {
      return undefined;
    }
    const timer = setTimeout(() => setLeft(left - 1), 1000);
    return () => clearTimeout(timer);
  }, [left]);
  return [left, setLeft];
}

interface Props {
  providers: Provider[];
  ended: boolean;
}

export function SignIn({ providers, ended }: Props) {
  const t = texts.use();
  const language = useLanguage();
  const place = usePlace();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [asksCode, setAsksCode] = useState(false);
  const [busy, setBusy] = useState(false);
  const [told, setTold] = useState<Told>();
  const [wait, setWait] = useCountdown();

  useEffect(() => {
    // The person is about to type; meanwhile the frame can arrive.
    const timer = setTimeout(() => void import('../frame/frame').catch(() => undefined), 400);
    return () => clearTimeout(timer);
  }, []);

  const refuse = (failure: unknown) => {
    const problem = failure instanceof Problem ? failure : undefined;
    if (problem?.code === 'SECOND_FACTOR_NEEDED') {
      setAsksCode(true);
      setTold(undefined);
      return;
    }
    if (problem?.status === 429) {
      setWait(Math.max(1, problem.retryAfterSeconds));
      setTold(undefined);
      return;
    }
    if (problem?.code === 'UNAUTHENTICATED') {
      setTold(
        asksCode
          ? { cause: t.wrongCode, original: '', nextAction: t.wrongCodeHint, requestId: '' }
          : { cause: t.wrong, original: '', nextAction: t.wrongHint, requestId: '' },
      );
      setCode('');
      return;
    }
    setTold(tell(failure, language));
  };

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setTold(undefined);
    signIn(name.trim(), password, code.replace(/\s/g, ''))
      .catch(refuse)
      .finally(() => setBusy(false));
  };

  const back = () => {
    setAsksCode(false);
    setCode('');
    setPassword('');
    setTold(undefined);
  };

  const failedProvider = place.query.get('signin') === 'failed';
  const here = place.path + (failedProvider ? '' : window.location.search);
  return (
    <Card title={asksCode ? t.codeTitle : t.title} intro={t.intro}>
      {ended && !told ? (
        <p className="told" role="status">
          {t.ended}
        </p>
      ) : null}
      <form onSubmit={submit}>
        {failedProvider && !told ? (
          <Refusal
            told={{
              cause: t.providerFailed,
              original: '',
              nextAction: t.providerReason((place.query.get('reason') ?? '-').slice(0, 64)),
              requestId: '',
            }}
          />
        ) : null}
        {told ? <Refusal told={told} /> : null}
        {wait > 0 ? (
          <div className="refusal" role="alert">
            <strong>{t.throttled(wait)}</strong>
          </div>
        ) : null}
        {asksCode ? (
          <Field
            key="code"
            label={t.code}
            hint={t.codeHint}
            value={code}
            onChange={(event) => setCode(event.target.value)}
            autoComplete="one-time-code"
            autoFocus
            maxLength={64}
          />
        ) : (
          <>
            <Field
              key="name"
              label={t.name}
              name="username"
              value={name}
              onChange={(event) => setName(event.target.value)}
              autoComplete="username"
              autoCapitalize="none"
              spellCheck={false}
              autoFocus
              maxLength={64}
            />
            <Field
              key="password"
              label={t.password}
              name="password"
              type="password"
              value={password}
              onChange={(event) => setPassword(event.target.value)}
              autoComplete="current-password"
              maxLength={256}
            />
          </>
        )}
        <button type="submit" className="button primary" disabled={busy || wait > 0}>
          {busy ? t.working : asksCode ? t.verify : t.submit}
        </button>
        {asksCode ? (
          <button type="button" className="link-button" onClick={back}>
            {t.back}
          </button>
        ) : null}
      </form>
      {providers.length > 0 && !asksCode ? (
        <>
          <p className="or">{t.or}</p>
          <div className="providers">
            {providers.map((each) => (
              <a key={each.id} className="button" href={`${each.startPath}?return=${encodeURIComponent(here)}`}>
                {each.title}
              </a>
            ))}
          </div>
        </>
      ) : null}
    </Card>
  );
}
