// SPDX-License-Identifier: Apache-2.0
import { CloseOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useMemo } from 'react';
import { api, type Page as ListPage } from '../../app/api';
import { useLoad } from '../../app/useLoad';
import { Card, Empty, Loaded } from '../../ui/basics';
import { useFormat } from '../../ui/format';
import { LineGraph } from '../../ui/lineGraph';
import { type Points, linesOf, summaryOf, titleOf, valueText } from './figures';
import { texts } from './texts';

const STEPS = 240;
const REFRESH_SECONDS = 30;

interface Props {
  metric: string;
  from: number;
  to: number;
  /** Names the time: a range that follows the present keeps its name while it moves. */
  timeKey: string;
  onZoom: (from: number, to: number) => void;
  onRemove: () => void;
}

/** One metric with all its series. */
export function MetricGraph({ metric, from, to, timeKey, onZoom, onRemove }: Props) {
  const t = texts.use();
  const format = useFormat();
  const points = useLoad(
    `${metric} ${timeKey}`,
    (signal) =>
      api.get<ListPage<Points>>(
        'system/metrics/points',
        { metric, from: new Date(from).toISOString(), to: new Date(to).toISOString(), steps: STEPS },
        signal,
      ),
    { everySeconds: REFRESH_SECONDS },
  );
  const all = points.data?.items;
  const lines = useMemo(() => linesOf(all ?? [], titleOf(metric)), [all, metric]);
  const rate = all?.[0]?.rate ?? false;
  const write = valueText(metric, rate, format);
  return (
    <Card
      wide
      title={
        <>
          {titleOf(metric)} {rate ? <span className="quiet">{t.perSecond}</span> : null}
        </>
      }
      extra={
        <span className="row">
          <code className="quiet">{metric}</code>
          <Button size="small" type="text" aria-label={`${t.remove}: ${metric}`} icon={<CloseOutlined />} onClick={onRemove} />
        </span>
      }
    >
      <Loaded state={points}>
        {({ items }) =>
          lines.length === 0 ? (
            <Empty title={t.noPoints} hint={t.noPointsHint} />
          ) : (
            <>
              {items.length > lines.length ? <p className="quiet">{t.showing(lines.length, items.length)}</p> : null}
              <LineGraph label={metric} lines={lines} from={from} to={to} value={write} onZoom={onZoom} />
              <details>
                <summary>{t.asTable}</summary>
                <table className="plain-table">
                  <thead>
                    <tr>
                      <th>{t.series}</th>
                      <th>{t.last}</th>
                      <th>{t.minimum}</th>
                      <th>{t.average}</th>
                      <th>{t.maximum}</th>
                    </tr>
                  </thead>
                  <tbody>
                    {lines.map(summaryOf).map((row) => (
                      <tr key={row.name}>
                        <td>{row.name}</td>
                        <td>{write(row.last)}</td>
                        <td>{write(row.least)}</td>
                        <td>{write(row.mean)}</td>
                        <td>{write(row.greatest)}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </details>
            </>
          )
        }
      </Loaded>
    </Card>
  );
}
