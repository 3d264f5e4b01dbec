// SPDX-License-Identifier: Apache-2.0
import { type InputHTMLAttributes, type ReactNode, useEffect, useId, useState } from 'react';
import icon from '../app/icon.svg';
import { setLanguage, useLanguage } from '../app/preferences';
import { type Told } from '../app/problems';
import './signin.css';
import { texts } from './texts';

/** The card in which every page before the frame stands. */
export function Card({ title, intro, children }: { title: string; intro: string; children: ReactNode }) {
  const t = texts.use();
  const language = useLanguage();
  useEffect(() => {
    document.title = `${title} · Solera`;
  }, [title]);
  return (
    <div className="signin">
      <main className="signin-card">
        <img src={icon} alt="" width="40" height="40" />
        <h1>{title}</h1>
        <p className="quiet">{intro}</p>
        {children}
      </main>
      <footer className="signin-foot">
        <span className="quiet">Solera · {window.location.hostname}</span>
        <button
          type="button"
          className="link-button"
          lang={language === 'zh' ? 'en' : 'zh-CN'}
          onClick={() => setLanguage(language === 'zh' ? 'en' : 'zh')}
        >
          {t.language}
        </button>
      </footer>
    </div>
  );
}

interface FieldProps extends InputHTMLAttributes<HTMLInputElement> {
  label: string;
  hint?: string;
}

export function Field({ label, hint, type, ...rest }: FieldProps) {
  const id = useId();
  const [shown, setShown] = useState(false);
  const t = texts.use();
  const secret = type === 'password';
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <span className="field-box">
        <input
          id={id}
          type={secret && shown ? 'text' : type}
          aria-describedby={hint ? `${id}-hint` : undefined}
          required
          {...rest}
        />
        {secret ? (
          <button
            type="button"
            className="eye"
            aria-label={`${t.show}: ${label}`}
            aria-pressed={shown}
            onClick={() => setShown(!shown)}
          >
            <svg viewBox="0 0 24 24" width="18" height="18" aria-hidden="true" fill="none" stroke="currentColor" strokeWidth="1.8">
              <path d="M2 12s3.6-6.5 10-6.5S22 12 22 12s-3.6 6.5-10 6.5S2 12 2 12Z" />
              <circle cx="12" cy="12" r="3" />
              {shown ? null : <path d="M4 20 20 4" />}
            </svg>
          </button>
        ) : null}
      </span>
      {hint ? (
        <small id={`${id}-hint`} className="quiet">
          {hint}
        </small>
      ) : null}
    </div>
  );
}

export function Refusal({ told }: { told: Told }) {
  const t = texts.use();
  return (
    <div className="refusal" role="alert">
      <strong>{told.cause}</strong>
      {told.original ? <p>{told.original}</p> : null}
      {told.nextAction ? <p>{told.nextAction}</p> : null}
      {told.requestId ? (
        <p className="mono">
          {t.requestId} {told.requestId}
        </p>
      ) : null}
    </div>
  );
}
