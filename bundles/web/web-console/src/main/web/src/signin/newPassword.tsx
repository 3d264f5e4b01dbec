// SPDX-License-Identifier: Apache-2.0
import { type FormEvent, useState } from 'react';
import { api } from '../app/api';
import { useLanguage } from '../app/preferences';
import { tell, type Told } from '../app/problems';
import { loadSession, signOut } from '../app/session';
import { Card, Field, Refusal } from './form';
import { texts } from './texts';

const LEAST = 12;

/** The one page for somebody whose password was set by another person. */
export function NewPassword({ name }: { name: string }) {
  const t = texts.use();
  const language = useLanguage();
  const [old, setOld] = useState('');
  const [fresh, setFresh] = useState('');
  const [again, setAgain] = useState('');
  const [busy, setBusy] = useState(false);
  const [told, setTold] = useState<Told>();

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const wrong = fresh.length < LEAST ? t.short : fresh !== again ? t.differs : fresh === old ? t.same : '';
    if (wrong) {
      setTold({ cause: wrong, original: '', nextAction: '', requestId: '' });
      return;
    }
    setBusy(true);
    setTold(undefined);
    api
      .put('users/me/password', { oldPassword: old, newPassword: fresh })
      .then(loadSession, (failure: unknown) => setTold(tell(failure, language)))
      .finally(() => setBusy(false));
  };

  return (
    <Card title={t.newTitle} intro={t.newIntro}>
      <form onSubmit={submit}>
        {told ? <Refusal told={told} /> : null}
        <input type="text" name="username" autoComplete="username" value={name} readOnly hidden />
        <Field
          label={t.old}
          type="password"
          value={old}
          onChange={(event) => setOld(event.target.value)}
          autoComplete="current-password"
          autoFocus
          maxLength={256}
        />
        <Field
          label={t.fresh}
          hint={t.freshHint}
          type="password"
          value={fresh}
          onChange={(event) => setFresh(event.target.value)}
          autoComplete="new-password"
          maxLength={256}
        />
        <Field
          label={t.again}
          type="password"
          value={again}
          onChange={(event) => setAgain(event.target.value)}
          autoComplete="new-password"
          maxLength={256}
        />
        <button type="submit" className="button primary" disabled={busy}>
          {busy ? t.working : t.save}
        </button>
        <button type="button" className="link-button" onClick={() => void signOut()}>
          {t.signOut}
        </button>
      </form>
    </Card>
  );
}
