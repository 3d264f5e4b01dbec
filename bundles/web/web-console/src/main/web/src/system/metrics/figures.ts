// SPDX-License-Identifier: Apache-2.0
import { type Format } from '../../ui/format';
import { type Line } from '../../ui/lineGraph';

export interface Series {
  metric: string;
  labels: Record<string, string>;
  rate: boolean;
}

export interface Points {
  labels: Record<string, string>;
  rate: boolean;
  from: string;
  stepSeconds: number;
  values: (number | null)[];
}

export const RANGES = { hour: 3600, sixHours: 21_600, day: 86_400, week: 604_800, month: 2_592_000 } as const;
export type Range = keyof typeof RANGES;

/** More lines than these tell nobody anything. */
export const MOST_LINES = 20;

/** What is drawn before anybody chose, in this order, as far as it is recorded. */
const FIRST = [
  'solera_host_cpu_seconds_total',
  'solera_net_requests_total',
  'solera_host_memory_available_bytes',
  'solera_storage_drive_free_bytes',
  'solera_host_load',
  'solera_jvm_memory_used_bytes',
];
const FIRST_COUNT = 4;

export function firstMetrics(series: readonly Series[]): string[] {
  const known = new Set(series.map((each) => each.metric));
  return FIRST.filter((each) => known.has(each)).slice(0, FIRST_COUNT);
}

/** `solera_net_requests_total` as words: net requests. */
export function titleOf(metric: string): string {
  return metric.replace(/^solera_/, '').replace(/_(total|bytes|seconds|percent|ratio|celsius|milliseconds)$/g, '').replace(/_total$/, '').replaceAll('_', ' ');
}

export function labelsText(labels: Record<string, string>): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}=${value}`)
    .join(', ');
}

/** Writes a value in the unit that the name of its metric tells. */
export function valueText(metric: string, rate: boolean, format: Format): (value: number) => string {
  const plain = metric.replace(/_total$/, '');
  const per = rate ? '/s' : '';
  if (plain.endsWith('_bytes')) {
    return (value) => format.bytes(value) + per;
  }
  if (plain.endsWith('_seconds') && !rate) {
    return (value) => (Math.abs(value) >= 60 ? format.seconds(value) : `${format.number(value, 3)} s`);
  }
  if (plain.endsWith('_seconds')) {
    return (value) => format.number(value, 2);
  }
  if (plain.endsWith('_ratio')) {
    return (value) => format.percent(value, 1);
  }
  if (plain.endsWith('_percent')) {
    return (value) => `${format.number(value, 1)} %`;
  }
  if (plain.endsWith('_celsius')) {
    return (value) => `${format.number(value, 1)} °C`;
  }
  return (value) => format.number(value, Math.abs(value) < 10 ? 2 : 0) + per;
}

/** Lines of a graph, the largest first. */
export function linesOf(points: readonly Points[], name: string): Line[] {
  const most = (values: readonly (number | null)[]) =>
    values.reduce((best: number, each) => (each !== null && each > best ? each : best), Number.NEGATIVE_INFINITY);
  return points
    .map((each) => ({ each, top: most(each.values) }))
    .filter(({ top }) => top !== Number.NEGATIVE_INFINITY)
    .sort((one, other) => other.top - one.top)
    .slice(0, MOST_LINES)
    .map(({ each }) => {
      const from = Date.parse(each.from);
      return {
        name: labelsText(each.labels) || name,
        points: each.values.map((value, index): [number, number | null] => [from + index * each.stepSeconds * 1000, value]),
      };
    });
}

export interface Summary {
  name: string;
  last: number;
  least: number;
  greatest: number;
  mean: number;
}

export function summaryOf(line: Line): Summary {
  const values = line.points.map(([, value]) => value).filter((value): value is number => value !== null);
  return {
    name: line.name,
    last: values.at(-1) ?? Number.NaN,
    least: Math.min(...values),
    greatest: Math.max(...values),
    mean: values.reduce((sum, value) => sum + value, 0) / values.length,
  };
}
