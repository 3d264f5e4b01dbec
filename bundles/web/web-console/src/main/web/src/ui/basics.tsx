// SPDX-License-Identifier: Apache-2.0
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { type Problem } from '../app/api';
import { useLanguage } from '../app/preferences';
import { tell } from '../app/problems';
import { texts } from './texts';
import './ui.css';

export type Tone = 'ok' | 'warn' | 'bad' | 'info' | 'calm';

/** A state in a word; form as well as colour tells how bad it is. */
export function Tag({ tone = 'calm', flat = false, children }: { tone?: Tone; flat?: boolean; children: ReactNode }) {
  return <span className={`tag ${tone}${flat ? ' flat' : ''}`}>{children}</span>;
}

interface PageProps {
  title: string;
  intro?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

/** The first page after loading leaves the focus where the browser puts it: the skip link comes first. */
let opened = false;

/** A page: names the tab, and takes the focus when it is gone to so that a screen reader begins here. */
export function Page({ title, intro, actions, children }: PageProps) {
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · Solera`;
  }, [title]);
  useEffect(() => {
    if (opened) {
      head.current?.focus({ preventScroll: true });
    }
    opened = true;
  }, []);
  return (
    <div className="page">
      <div className="page-head">
        <div>
          <h1 ref={head} tabIndex={-1}>
            {title}
          </h1>
          {intro ? <p>{intro}</p> : null}
        </div>
        {actions ? <div className="page-actions">{actions}</div> : null}
      </div>
      {children}
    </div>
  );
}

interface CardProps {
  title: ReactNode;
  extra?: ReactNode;
  wide?: boolean;
  children: ReactNode;
}

export function Card({ title, extra, wide, children }: CardProps) {
  return (
    <section className={wide ? 'card wide' : 'card'}>
      <div className="card-head">
        <h2>{title}</h2>
        {extra}
      </div>
      {children}
    </section>
  );
}

/** Names and values; pairs without a value are left out. */
export function Facts({ pairs }: { pairs: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className="facts">
      {pairs
        .filter(([, value]) => value !== undefined && value !== null && value !== '')
        .map(([name, value]) => (
          <FactPair key={name} name={name} value={value} />
        ))}
    </dl>
  );
}

function FactPair({ name, value }: { name: string; value: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  );
}

/** What went wrong: cause, next action, request id. */
export function ProblemBox({ problem, retry }: { problem: Problem; retry?: () => void }) {
  const t = texts.use();
  const told = tell(problem, useLanguage());
  return (
    <div className="problem" role="alert">
      <strong>{told.cause}</strong>
      {told.original ? <p>{told.original}</p> : null}
      {told.nextAction ? <p>{told.nextAction}</p> : null}
      {told.requestId ? (
        <p className="quiet">
          {t.request} <span className="mono">{told.requestId}</span>
        </p>
      ) : null}
      {retry ? (
        <div className="row">
          <button type="button" className="copy-button" onClick={retry}>
            {t.retry}
          </button>
        </div>
      ) : null}
    </div>
  );
}

interface LoadedProps<T> {
  state: { data: T | undefined; problem: Problem | undefined; loading: boolean; reload(): void };
  children: (data: T) => ReactNode;
}

/** Shows what was read; above it what went wrong since, or instead of it that it is being read. */
export function Loaded<T>({ state, children }: LoadedProps<T>) {
  const t = texts.use();
  return (
    <>
      {state.problem ? <ProblemBox problem={state.problem} retry={state.reload} /> : null}
      {state.data !== undefined ? (
        children(state.data)
      ) : state.problem ? null : (
        <div className="loading" role="status">
          {t.loading}
        </div>
      )}
    </>
  );
}

/** Nothing there: says why and what to do. */
export function Empty({ title, hint, action }: { title: string; hint?: ReactNode; action?: ReactNode }) {
  return (
    <div className="empty">
      <strong>{title}</strong>
      {hint ? <p>{hint}</p> : null}
      {action ? <div className="row">{action}</div> : null}
    </div>
  );
}

interface BarProps {
  /** 0 to 1; negative when it is not known. */
  share: number;
  tone?: 'warn' | 'bad' | '';
  label: string;
}

export function Bar({ share, tone = '', label }: BarProps) {
  const known = share >= 0;
  const percent = Math.round(Math.min(1, Math.max(0, share)) * 100);
  return (
    <div
      className={`bar ${known ? tone : 'idle'}`}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={known ? percent : undefined}
    >
      <span style={known ? { width: `${percent}%` } : undefined} />
    </div>
  );
}

/** Puts a text on the clipboard. */
export function Copy({ text, label }: { text: string; label?: string }) {
  const t = texts.use();
  const [done, setDone] = useState(false);
  useEffect(() => {
    if (!done) {
      return undefined;
    }
    const timer = setTimeout(() => setDone(false), 2000);
    return () => clearTimeout(timer);
  }, [done]);
  return (
    <button
      type="button"
      className="copy-button"
      aria-label={label ? `${t.copy}: ${label}` : undefined}
      onClick={() => void navigator.clipboard.writeText(text).then(() => setDone(true))}
    >
      <span aria-live="polite">{done ? t.copied : t.copy}</span>
    </button>
  );
}
