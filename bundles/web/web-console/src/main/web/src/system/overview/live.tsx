// SPDX-License-Identifier: Apache-2.0
import { useState } from 'react';
import { useLive } from '../../app/live';
import { useFormat } from '../../ui/format';
import { texts } from './texts';

const KEPT = 60;

type Figures = Record<string, number>;

/** A line without axes: which way a figure goes. */
function Spark({ values }: { values: readonly number[] }) {
  if (values.length < 2) {
    return <svg className="spark" aria-hidden="true" />;
  }
  const top = Math.max(...values, 1e-9);
  const points = values.map((value, index) => `${(index / (KEPT - 1)) * 100},${24 - (value / top) * 22}`).join(' ');
  return (
    <svg className="spark" viewBox="0 0 100 25" preserveAspectRatio="none" aria-hidden="true">
      <polyline points={points} fill="none" stroke="currentColor" strokeWidth="1.5" vectorEffect="non-scaling-stroke" />
    </svg>
  );
}

/** A few figures of this moment, as the appliance sends them every 5 s. */
export function LiveFigures() {
  const t = texts.use();
  const format = useFormat();
  const [past, setPast] = useState<readonly Figures[]>([]);
  useLive('metrics', (event) => {
    const numbers = Object.entries(event.state).filter((each): each is [string, number] => typeof each[1] === 'number');
    if (numbers.length > 0) {
      setPast((before) => [...before, Object.fromEntries(numbers)].slice(-KEPT));
    }
  });
  const now = past.at(-1) ?? {};
  const shown: [key: string, title: string, text: (value: number) => string][] = [
    ['cpuPercent', t.cpu, (value) => `${format.number(value)} %`],
    ['memoryUsedBytes', t.memory, format.bytes],
    ['requestsPerSecond', t.requests, (value) => `${format.number(value, 1)}/s`],
    ['receivedBytesPerSecond', t.received, (value) => `${format.bytes(value)}/s`],
    ['sentBytesPerSecond', t.sent, (value) => `${format.bytes(value)}/s`],
    ['sessions', t.sessions, (value) => format.number(value)],
  ];
  return (
    <dl className="live-figures">
      {shown.map(([key, title, text]) => {
        const value = now[key];
        return (
          <div key={key}>
            <dt>{title}</dt>
            <dd>{value === undefined ? '–' : text(value)}</dd>
            <Spark values={past.map((each) => each[key] ?? 0)} />
          </div>
        );
      })}
    </dl>
  );
}
