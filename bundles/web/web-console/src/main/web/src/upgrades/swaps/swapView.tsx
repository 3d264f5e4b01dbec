// SPDX-License-Identifier: Apache-2.0
import { useEffect, useState } from 'react';
import { api } from '../../app/api';
import { Bar, Card, Tag } from '../../ui/basics';
import { phaseText, type Swap, toneOfSwap } from './model';
import { texts } from './texts';

const ASK_MS = 700;

/** A swap while it runs; goes on asking while the part that answers is itself being replaced. */
export function SwapView({ swap, ended }: { swap: Swap; ended: () => void }) {
  const t = texts.use();
  const [now, setNow] = useState(swap);
  const { id, finished } = now;
  useEffect(() => {
    if (finished) {
      ended();
      return undefined;
    }
    const control = new AbortController();
    const timer = setInterval(() => {
      api.get<Swap>(`upgrades/swaps/${id}`, {}, control.signal).then(setNow, () => undefined);
    }, ASK_MS);
    return () => {
      clearInterval(timer);
      control.abort();
    };
  }, [id, finished, ended]);
  return (
    <Card
      title={`${t.running}: ${now.bundle}`}
      extra={<Tag tone={toneOfSwap(now)}>{phaseText(now.phase)}</Tag>}
    >
      {now.finished ? null : <Bar share={-1} label={t.running} />}
      <div role="status">
        {now.finished ? <p className={now.failure ? 'hint warn' : 'hint'}>{now.failure ? t.failed : t.done}</p> : null}
        {now.failure ? <p>{now.failure}</p> : null}
      </div>
      <ol className="bullets">
        {now.steps.map((step, index) => (
          <li key={`${index} ${step}`}>{step}</li>
        ))}
      </ol>
    </Card>
  );
}
