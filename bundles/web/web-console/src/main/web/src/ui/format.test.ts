// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { durationSeconds, formatOf } from './format';

describe('format', () => {
  const en = formatOf('en');
  const zh = formatOf('zh');

  it('keeps three digits of a size and names its unit', () => {
    expect(en.bytes(0)).toBe('0 B');
    expect(en.bytes(1023)).toBe('1,023 B');
    expect(en.bytes(1536)).toBe('1.5 KiB');
    expect(en.bytes(10 * 1024 ** 4)).toBe('10 TiB');
  });

  it('tells lengths of time in their two largest units', () => {
    expect(en.seconds(59)).toBe('59 s');
    expect(en.seconds(3661)).toBe('1 h 1 min');
    expect(zh.seconds(90_000)).toBe('1 天 1 小时');
  });

  it('tells how long ago', () => {
    expect(en.ago('2026-01-01T00:00:00Z', Date.parse('2026-01-01T02:00:00Z'))).toBe('2 hours ago');
    expect(zh.ago(null)).toBe('–');
  });

  it('reads durations as the appliance writes them', () => {
    expect(durationSeconds('PT1H2M3.5S')).toBe(3723.5);
    expect(durationSeconds('P1DT1S')).toBe(86_401);
    expect(durationSeconds(12.5)).toBe(12.5);
  });
});
