// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { type Operation } from '../../system/model';
import { operationOf, type Swap, toneOfSwap } from './model';

const swap: Swap = {
  id: 7,
  bundle: 'org.solera.storage.rest',
  fromVersion: '1.0.0',
  toVersion: '1.0.1',
  phase: 'INSTALLED',
  finished: false,
  started: '2026-01-01T00:00:00Z',
  updated: '2026-01-01T00:00:01Z',
  failure: '',
  steps: [],
};

const operation = (part: Partial<Operation>): Operation => ({
  id: 'a',
  kind: 'upgrades.swap',
  title: 'Replace org.solera.storage.rest',
  target: '',
  who: '-',
  state: 'running',
  waitingFor: '',
  done: 1,
  total: 9,
  unit: 'steps',
  cancellable: true,
  message: '',
  nextAction: '',
  result: '',
  createdAt: '2026-01-01T00:00:00Z',
  changedAt: '2026-01-01T00:00:00Z',
  endedAt: null,
  ...part,
});

describe('a swap', () => {
  it('finds its operation by its result, and while it runs by bundle and time', () => {
    const other = operation({ id: 'other', title: 'Replace org.solera.storage.rest.more' });
    const earlier = operation({ id: 'earlier', createdAt: '2025-12-31T00:00:00Z' });
    expect(operationOf(swap, [other, earlier, operation({})])?.id).toBe('a');
    expect(operationOf(swap, [other, earlier])).toBeUndefined();
    expect(operationOf(swap, [operation({}), operation({ id: 'told', result: '/api/v1/upgrades/swaps/7' })])?.id).toBe('told');
  });

  it('is bad only when the old version had to stay', () => {
    expect(toneOfSwap(swap)).toBe('info');
    expect(toneOfSwap({ ...swap, finished: true, phase: 'DONE' })).toBe('ok');
    expect(toneOfSwap({ ...swap, finished: true, phase: 'DONE', failure: 'A file was left.' })).toBe('warn');
    expect(toneOfSwap({ ...swap, finished: true, phase: 'ROLLED_BACK', failure: 'It was not healthy.' })).toBe('bad');
  });
});
