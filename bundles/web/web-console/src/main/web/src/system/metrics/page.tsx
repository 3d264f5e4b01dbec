// SPDX-License-Identifier: Apache-2.0
import { Button, DatePicker, Segmented, Select } from 'antd';
import dayjs from 'dayjs';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { api, type Page as ListPage } from '../../app/api';
import { useQuery } from '../../app/router';
import { useLoad } from '../../app/useLoad';
import { Empty, Loaded, Page } from '../../ui/basics';
import { firstMetrics, type Range, RANGES, type Series, titleOf } from './figures';
import { MetricGraph } from './graph';
import { texts } from './texts';

const TICK_MS = 30_000;
const SHORTEST_MS = 60_000;

/** The end of a range that follows the present. */
function usePresent(): number {
  const [now, setNow] = useState(() => Math.floor(Date.now() / TICK_MS) * TICK_MS);
  useEffect(() => {
    const timer = setInterval(() => setNow(Math.floor(Date.now() / TICK_MS) * TICK_MS), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}

export default function Metrics() {
  const t = texts.use();
  const present = usePresent();
  const [range, setRange] = useQuery('range', 'hour');
  const [from, setFrom] = useQuery('from');
  const [to, setTo] = useQuery('to');
  const [chosen, setChosen] = useQuery('metrics');
  const series = useLoad('series', (signal) => api.get<ListPage<Series>>('system/metrics/series', {}, signal));
  const names = useMemo(
    () => [...new Set((series.data?.items ?? []).map((each) => each.metric))].sort(),
    [series.data],
  );
  const metrics = chosen === '' ? firstMetrics(series.data?.items ?? []) : chosen.split(',').filter((each) => each !== '-');
  const fixed = from !== '' && to !== '';
  const length = RANGES[range as Range] ?? RANGES.hour;
  const end = fixed ? Date.parse(to) : present;
  const begin = fixed ? Date.parse(from) : end - length * 1000;
  const fix = useCallback(
    (first: number, last: number) => {
      if (last - first >= SHORTEST_MS) {
        setFrom(new Date(first).toISOString());
        setTo(new Date(last).toISOString());
      }
    },
    [setFrom, setTo],
  );
  const follow = () => {
    setFrom('');
    setTo('');
  };
  const choose = (next: string[]) => setChosen(next.length === 0 ? '-' : next.join(','));
  return (
    <Page title={t.title} intro={t.intro}>
      <div className="filters">
        <Segmented<string>
          aria-label={t.range}
          value={fixed ? '' : range}
          onChange={(next) => {
            follow();
            setRange(next);
          }}
          options={(Object.keys(RANGES) as Range[]).map((each) => ({ value: each, label: t[each] }))}
        />
        <DatePicker.RangePicker
          showTime
          aria-label={t.custom}
          allowClear
          value={fixed ? [dayjs(from), dayjs(to)] : null}
          onChange={(next) => (next?.[0] && next[1] ? fix(next[0].valueOf(), next[1].valueOf()) : follow())}
        />
        {fixed ? <Button onClick={follow}>{t.zoomOut}</Button> : null}
        <Select
          aria-label={t.choose}
          placeholder={t.choose}
          mode="multiple"
          maxTagCount={0}
          maxTagPlaceholder={t.choose}
          value={metrics}
          onChange={choose}
          style={{ minWidth: 240 }}
          popupMatchSelectWidth={420}
          options={names.map((each) => ({ value: each, label: `${titleOf(each)} · ${each}` }))}
        />
      </div>
      <Loaded state={series}>
        {() =>
          names.length === 0 ? (
            <Empty title={t.none} hint={t.noneHint} />
          ) : metrics.length === 0 ? (
            <Empty title={t.chooseSome} />
          ) : (
            <>
              {metrics.map((metric) => (
                <MetricGraph
                  key={metric}
                  metric={metric}
                  from={begin}
                  to={end}
                  timeKey={fixed ? `${from} ${to}` : range}
                  onZoom={fix}
                  onRemove={() => choose(metrics.filter((each) => each !== metric))}
                />
              ))}
            </>
          )
        }
      </Loaded>
      <p className="quiet">{t.scrape}</p>
    </Page>
  );
}
