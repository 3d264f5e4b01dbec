// SPDX-License-Identifier: Apache-2.0
import type { EChartsCoreOption, EChartsType } from 'echarts/core';
import { useEffect, useRef, useState } from 'react';
import { useScheme, type Scheme } from '../app/preferences';
import { texts } from './texts';

export interface Line {
  name: string;
  /** Time in milliseconds and value; null where nothing was recorded. */
  points: [number, number | null][];
}

interface Props {
  label: string;
  lines: readonly Line[];
  from: number;
  to: number;
  value: (value: number) => string;
  /** The person dragged over a part of the time. */
  onZoom?: (from: number, to: number) => void;
  height?: number;
}

const COLORS: Record<Scheme, string[]> = {
  light: ['#0b6482', '#b4560c', '#5b3fa0', '#1b6e3c', '#b3261e', '#8a6d00', '#2f5fc4', '#8c2f6b', '#46556b', '#0b7a75'],
  dark: ['#5cb8d6', '#f0a35e', '#b6a1f2', '#7cd39b', '#ff9d94', '#e3c84f', '#8fb3ff', '#ec94cb', '#b3c0cd', '#5ad0c8'],
};
const CALM_MS = 350;
const LEGEND_FROM = 2;

function option(props: Props, scheme: Scheme): EChartsCoreOption {
  const dark = scheme === 'dark';
  const text = dark ? '#a4b2bd' : '#4d5b66';
  const line = dark ? '#2b3841' : '#e3e8ec';
  const legend = props.lines.length >= LEGEND_FROM;
  return {
    animation: false,
    aria: { enabled: true, label: { description: props.label } },
    color: COLORS[scheme],
    textStyle: { color: text, fontFamily: 'system-ui, sans-serif' },
    grid: { left: 8, right: 16, top: legend ? 40 : 14, bottom: 50, containLabel: true },
    legend: legend
      ? { type: 'scroll', top: 0, left: 0, right: 0, textStyle: { color: text }, icon: 'roundRect', itemHeight: 4, pageTextStyle: { color: text } }
      : undefined,
    tooltip: {
      trigger: 'axis',
      // Drawn on the canvas: HTML with styles of its own is against the content policy.
      renderMode: 'richText',
      confine: true,
      order: 'valueDesc',
      backgroundColor: dark ? '#33424d' : '#ffffff',
      borderColor: line,
      textStyle: { color: dark ? '#ffffff' : '#16222b', fontSize: 12 },
      valueFormatter: (value: unknown) => (typeof value === 'number' ? props.value(value) : '–'),
    },
    xAxis: {
      type: 'time',
      min: props.from,
      max: props.to,
      axisLine: { lineStyle: { color: line } },
      axisLabel: { color: text, hideOverlap: true },
      splitLine: { show: false },
    },
    yAxis: {
      type: 'value',
      axisLabel: { color: text, formatter: props.value },
      splitLine: { lineStyle: { color: line } },
    },
    dataZoom: props.onZoom
      ? [
          { type: 'inside', zoomOnMouseWheel: 'ctrl', moveOnMouseWheel: false },
          {
            type: 'slider',
            height: 20,
            bottom: 8,
            showDetail: false,
            brushSelect: true,
            borderColor: line,
            fillerColor: dark ? 'rgba(92,184,214,0.18)' : 'rgba(11,100,130,0.10)',
            moveHandleStyle: { color: line },
            textStyle: { color: text },
          },
        ]
      : undefined,
    series: props.lines.map((each) => ({
      type: 'line',
      name: each.name,
      data: each.points,
      showSymbol: each.points.filter(([, value]) => value !== null).length < 3,
      symbolSize: 5,
      connectNulls: false,
      lineStyle: { width: 1.6 },
      areaStyle: props.lines.length === 1 ? { opacity: 0.12 } : undefined,
      emphasis: { focus: 'series' },
    })),
  };
}

/** Lines over time, with zoom. */
export function LineGraph(props: Props) {
  const t = texts.use();
  const scheme = useScheme();
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType | undefined>(undefined);
  const latest = useRef(props);
  const [ready, setReady] = useState(false);
  useEffect(() => {
    latest.current = props;
  });

  useEffect(() => {
    const target = place.current;
    let gone = false;
    let calm: ReturnType<typeof setTimeout> | undefined;
    let watcher: ResizeObserver | undefined;
    void import('./echarts').then(({ init }) => {
      if (gone || !target) {
        return;
      }
      const drawn = init(target);
      chart.current = drawn;
      watcher = new ResizeObserver(() => drawn.resize());
      watcher.observe(target);
      drawn.on('datazoom', () => {
        clearTimeout(calm);
        calm = setTimeout(() => {
          const zoom = (drawn.getOption().dataZoom as { startValue: number; endValue: number }[] | undefined)?.[0];
          if (zoom) {
            latest.current.onZoom?.(zoom.startValue, zoom.endValue);
          }
        }, CALM_MS);
      });
      setReady(true);
    });
    return () => {
      gone = true;
      clearTimeout(calm);
      watcher?.disconnect();
      chart.current?.dispose();
      chart.current = undefined;
    };
  }, []);

  useEffect(() => {
    if (ready) {
      chart.current?.setOption(option(latest.current, scheme), { notMerge: true });
    }
  }, [ready, scheme, props.lines, props.from, props.to, props.label]);

  return (
    <div style={{ position: 'relative' }}>
      {ready ? null : (
        <div className="loading" role="status">
          {t.loading}
        </div>
      )}
      <div ref={place} style={{ height: props.height ?? 280, display: ready ? undefined : 'none' }} />
    </div>
  );
}
