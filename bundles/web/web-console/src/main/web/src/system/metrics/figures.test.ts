// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { formatOf } from '../../ui/format';
import { firstMetrics, linesOf, summaryOf, titleOf, valueText } from './figures';

const points = (labels: Record<string, string>, values: (number | null)[]) => ({
  labels,
  rate: false,
  from: '2026-01-01T00:00:00Z',
  stepSeconds: 15,
  values,
});

describe('figures', () => {
  it('draws the largest series first and leaves out those without a value', () => {
    const lines = linesOf([points({ a: '1' }, [1, null, 2]), points({ a: '2' }, [null, 9]), points({ a: '3' }, [null])], 'x');
    expect(lines.map((line) => line.name)).toEqual(['a=2', 'a=1']);
    expect(lines[1]?.points[2]).toEqual([Date.parse('2026-01-01T00:00:30Z'), 2]);
  });

  it('sums a line up without its gaps', () => {
    expect(summaryOf({ name: 'x', points: [[0, 1], [1, null], [2, 3]] })).toEqual({
      name: 'x',
      last: 3,
      least: 1,
      greatest: 3,
      mean: 2,
    });
  });

  it('writes values in the unit of the name', () => {
    const en = formatOf('en');
    expect(valueText('solera_net_sent_bytes_total', true, en)(2048)).toBe('2 KiB/s');
    expect(valueText('solera_audit_used_ratio', false, en)(0.256)).toBe('25.6 %');
    expect(valueText('solera_host_temperature_celsius', false, en)(40)).toBe('40 °C');
    expect(titleOf('solera_host_cpu_seconds_total')).toBe('host cpu seconds');
  });

  it('begins with what tells most, as far as it is there', () => {
    const series = [{ metric: 'solera_host_load', labels: {}, rate: false }];
    expect(firstMetrics(series)).toEqual(['solera_host_load']);
  });
});
