// SPDX-License-Identifier: Apache-2.0
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { api, asProblem, isAbort, type Page as ListPage, type Problem } from '../../app/api';
import { Link } from '../../app/router';
import { allows, useSession } from '../../app/session';
import { useLoad } from '../../app/useLoad';
import { type Operation } from '../../system/model';
import { Progress } from '../../system/operations/progress';
import { Bar, Card, ProblemBox, Tag } from '../../ui/basics';
import { CONSOLE, operationOf, type Phase, PHASES, type Swap, toneOfSwap } from './model';
import './swaps.css';
import { phaseNames, texts } from './texts';

const ASK_MS = 700;
/** A part that is being replaced answers again within this time; after it the person is told. */
const PATIENCE = 15;

/** Asks for a swap until it has ended, also while the part that answers is itself being replaced. */
function useSwap(first: Swap, ended: () => void): { now: Swap; silent: Problem | undefined } {
  const [now, setNow] = useState(first);
  const [failures, setFailures] = useState<{ count: number; last?: Problem }>({ count: 0 });
  const { id, finished } = now;
  useEffect(() => {
    if (finished) {
      ended();
      return undefined;
    }
    const control = new AbortController();
    const timer = setInterval(() => {
      api.get<Swap>(`upgrades/swaps/${id}`, {}, control.signal).then(
        (next) => {
          setFailures({ count: 0 });
          setNow(next);
        },
        (failure: unknown) => {
          if (!isAbort(failure)) {
            setFailures((before) => ({ count: before.count + 1, last: asProblem(failure) }));
          }
        },
      );
    }, ASK_MS);
    return () => {
      clearInterval(timer);
      control.abort();
    };
  }, [id, finished, ended]);
  return { now, silent: failures.count > PATIENCE ? failures.last : undefined };
}

/** The five steps of a swap, and how far it is. */
export function Way({ swap }: { swap: Swap }) {
  const names = phaseNames.use();
  const reached = PHASES.indexOf(swap.phase as (typeof PHASES)[number]);
  return (
    <ol className="way">
      {PHASES.map((phase, index) => {
        const state = index < reached || swap.phase === 'DONE' ? 'past' : index === reached ? 'here' : 'ahead';
        return (
          <li key={phase} className={state} aria-current={state === 'here' ? 'step' : undefined}>
            {names[phase]}
          </li>
        );
      })}
    </ol>
  );
}

/** What became of it, and what to do next. */
function Outcome({ swap }: { swap: Swap }) {
  const t = texts.use();
  const back = swap.phase !== 'DONE';
  return (
    <>
      <p className={back || swap.failure ? 'hint warn' : 'hint'}>
        {back ? t.failed(swap.fromVersion) : swap.failure ? t.doneWith(swap.toVersion) : t.done(swap.toVersion)}
      </p>
      {swap.failure ? <p className="why">{swap.failure}</p> : null}
      {back ? (
        <p>
          {t.failedNext} <Link to="/audit?action=upgrades.">{t.audit}</Link>
        </p>
      ) : null}
      {!back && swap.bundle === CONSOLE ? (
        <div className="row">
          <span>{t.consoleReplaced}</span>
          <Button type="primary" onClick={() => window.location.reload()}>
            {t.loadAnew}
          </Button>
        </div>
      ) : null}
    </>
  );
}

export function Steps({ swap }: { swap: Swap }) {
  const t = texts.use();
  return (
    <>
      <h3 className="sub">{t.steps}</h3>
      <ol className="bullets" lang="en">
        {swap.steps.map((step, index) => (
          <li key={`${index} ${step}`}>{step}</li>
        ))}
      </ol>
    </>
  );
}

/** A swap from its beginning to its outcome. */
export function SwapView({ swap, ended }: { swap: Swap; ended: () => void }) {
  const t = texts.use();
  const names = phaseNames.use();
  const session = useSession();
  const { now, silent } = useSwap(swap, ended);
  const operations = useLoad(
    `operations of ${swap.id}`,
    (signal) => api.get<ListPage<Operation>>('system/operations', { kind: 'upgrades.swap', limit: 20 }, signal),
    { topics: ['operations'], enabled: allows(session, 'system', 'read') && !now.finished },
  );
  const operation = operationOf(now, operations.data?.items ?? []);
  return (
    <Card
      title={`${now.finished ? t.ended : t.running}: ${now.bundle}`}
      extra={
        <span className="row">
          <span className="quiet nowrap">{`${now.fromVersion} → ${now.toVersion}`}</span>
          <Tag tone={toneOfSwap(now)}>{names[now.phase as Phase] ?? now.phase}</Tag>
        </span>
      }
    >
      {now.phase === 'ROLLED_BACK' ? null : <Way swap={now} />}
      {now.finished ? null : operation ? <Progress operation={operation} /> : <Bar share={-1} label={t.running} />}
      <div role="status">{now.finished ? <Outcome swap={now} /> : <p className="quiet">{t.mayLeave}</p>}</div>
      {silent && !now.finished ? <ProblemBox problem={silent} /> : null}
      {now.steps.length > 0 ? <Steps swap={now} /> : null}
    </Card>
  );
}
