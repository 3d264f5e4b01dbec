// SPDX-License-Identifier: Apache-2.0
import { type Language } from '../app/preferences';
import { type Tone } from '../ui/basics';

/** Shapes of the resources below `system` that more than one page shows. */
export type Severity = 'info' | 'warning' | 'critical';

export interface Notice {
  id: string;
  rule: string;
  subject: string;
  severity: Severity;
  title: string;
  titleZh: string;
  nextAction: string;
  nextActionZh: string;
  value: number;
  since: string;
  endedAt: string | null;
  acknowledgedBy: string;
  acknowledgedAt: string | null;
  silencedUntil: string | null;
  delivery: string;
}

export type OperationState = 'waiting' | 'running' | 'succeeded' | 'failed' | 'cancelled' | 'interrupted';

export interface Operation {
  id: string;
  kind: string;
  title: string;
  target: string;
  who: string;
  state: OperationState;
  waitingFor: string;
  done: number;
  total: number;
  unit: string;
  cancellable: boolean;
  message: string;
  nextAction: string;
  result: string;
  createdAt: string;
  changedAt: string;
  endedAt: string | null;
}

export type Health = 'up' | 'standby' | 'degraded' | 'down';

export interface Part {
  name: string;
  status: Health;
  detail?: string | null;
  nextAction?: string | null;
}

export interface BundleHealth {
  id: number;
  symbolicName: string;
  version: string;
  state: string;
  status: Health;
  parts: Part[];
}

export interface DomainHealth {
  domain: string;
  status: Health;
  bundles: BundleHealth[];
}

export interface HealthTree {
  ready: boolean;
  domains: DomainHealth[];
}

export interface Port {
  name: string;
  address: string;
  kind: string;
  requireTls: boolean;
  connections: number;
  handlers: string[];
}

export interface Info {
  version: string;
  java: string;
  container: string;
  startedAt: string;
  uptime: string | number;
}

export const toneOfHealth: Record<Health, Tone> = { up: 'ok', standby: 'calm', degraded: 'warn', down: 'bad' };
export const toneOfSeverity: Record<Severity, Tone> = { info: 'info', warning: 'warn', critical: 'bad' };
export const toneOfOperation: Record<OperationState, Tone> = {
  waiting: 'warn',
  running: 'info',
  succeeded: 'ok',
  failed: 'bad',
  cancelled: 'calm',
  interrupted: 'bad',
};

const WORDS: Record<Language, Record<Health | Severity | OperationState, string>> = {
  en: {
    up: 'Up',
    standby: 'Standby',
    degraded: 'Degraded',
    down: 'Down',
    info: 'Information',
    warning: 'Warning',
    critical: 'Critical',
    waiting: 'Waiting',
    running: 'Running',
    succeeded: 'Succeeded',
    failed: 'Failed',
    cancelled: 'Cancelled',
    interrupted: 'Interrupted',
  },
  zh: {
    up: '正常',
    standby: '待命',
    degraded: '降级',
    down: '故障',
    info: '信息',
    warning: '警告',
    critical: '严重',
    waiting: '等待中',
    running: '进行中',
    succeeded: '成功',
    failed: '失败',
    cancelled: '已取消',
    interrupted: '已中断',
  },
};

export function word(state: Health | Severity | OperationState, language: Language): string {
  return WORDS[language][state] ?? state;
}

export const isRunning = (operation: Operation): boolean =>
  operation.state === 'running' || operation.state === 'waiting';
