// SPDX-License-Identifier: Apache-2.0
import { type Operation } from '../../system/model';
import { type Tone } from '../../ui/basics';

export interface Plan {
  hash: string;
  bundle: string;
  fromVersion: string;
  toVersion: string;
  feature: string;
  add: string[];
  remove: string[];
  refresh: string[];
  owned: string[];
  affectedPorts: string[];
  longestPauseMillis: number;
}

export interface Swap {
  id: number;
  bundle: string;
  fromVersion: string;
  toVersion: string;
  phase: string;
  finished: boolean;
  started: string;
  updated: string;
  failure: string;
  steps: string[];
}

export interface Installed {
  name: string;
  version: string;
  repository: string;
  reason: string;
}

/** The way of a swap that goes well, in order. */
export const PHASES = ['INTENT', 'INSTALLED', 'HEALTHY', 'COMMITTED', 'DONE'] as const;
export type Phase = (typeof PHASES)[number] | 'ROLLED_BACK';

/** The bundle whose swap replaces the very page that shows it. */
export const CONSOLE = 'org.solera.web.console';

const KIND = 'upgrades.swap';
/** Clocks of the list of operations and of the journal are one clock; the two entries are made one after the other. */
const APART_MS = 10_000;

export function toneOfSwap(swap: Swap): Tone {
  return !swap.finished ? 'info' : swap.phase !== 'DONE' ? 'bad' : swap.failure === '' ? 'ok' : 'warn';
}

/** The operation that tells how far a swap is, among those of the appliance, newest first. */
export function operationOf(swap: Swap, operations: readonly Operation[]): Operation | undefined {
  const ends = (each: Operation) => each.result.endsWith(`/swaps/${swap.id}`);
  return (
    operations.find(ends) ??
    operations.find(
      (each) =>
        each.kind === KIND &&
        each.title.endsWith(` ${swap.bundle}`) &&
        Math.abs(Date.parse(each.createdAt) - Date.parse(swap.started)) < APART_MS,
    )
  );
}
