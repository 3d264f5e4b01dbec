// SPDX-License-Identifier: Apache-2.0
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

export function toneOfSwap(swap: Swap): Tone {
  return !swap.finished ? 'info' : swap.failure === '' ? 'ok' : 'bad';
}

/** `ROLLED_BACK` as words. */
export function phaseText(phase: string): string {
  return phase.toLowerCase().replaceAll('_', ' ');
}
