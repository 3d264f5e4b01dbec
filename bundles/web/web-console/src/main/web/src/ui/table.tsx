// SPDX-License-Identifier: Apache-2.0
import { Button, Table } from 'antd';
import { type ReactNode, useState } from 'react';
import { useFormat } from './format';
import { texts } from './texts';
import { useNarrow } from './useNarrow';

export interface Column<T> {
  key: string;
  title: string;
  render: (row: T) => ReactNode;
  /** Makes the column sortable. */
  order?: (row: T) => string | number;
  /** Pixels; the columns without one share the rest. */
  width?: number;
  align?: 'right';
  /** On a phone: the head of the card, a line of it, the buttons below it, or not shown. The first column is the head. */
  phone?: 'lead' | 'line' | 'actions' | 'hide';
}

interface Props<T> {
  /** Names the table for screen readers. */
  label: string;
  columns: readonly Column<T>[];
  rows: readonly T[];
  rowKey: (row: T) => string;
  empty: ReactNode;
  loading?: boolean;
  /** More of a row, folded away. */
  detail?: (row: T) => ReactNode;
  /** Reads the next part of the list. */
  onMore?: () => void;
}

const VIRTUAL_FROM = 80;
const CARDS_AT_ONCE = 60;
const ASSUMED_WIDTH = 170;

function compare(one: string | number, other: string | number): number {
  return typeof one === 'number' && typeof other === 'number'
    ? one - other
    : String(one).localeCompare(String(other), undefined, { numeric: true });
}

/** A list: a table where there is room, cards on a phone; long ones draw only what is in view. */
export function DataTable<T extends object>(props: Props<T>) {
  const narrow = useNarrow();
  const t = texts.use();
  return (
    <>
      {narrow ? <Cards {...props} /> : <Wide {...props} />}
      {props.onMore ? (
        <div className="row">
          <Button onClick={props.onMore} loading={props.loading}>
            {t.loadMore}
          </Button>
        </div>
      ) : null}
    </>
  );
}

function Wide<T extends object>({ label, columns, rows, rowKey, empty, loading, detail }: Props<T>) {
  const format = useFormat();
  const t = texts.use();
  if (rows.length === 0 && !loading) {
    return <div className="table-box">{empty}</div>;
  }
  const virtual = rows.length >= VIRTUAL_FROM && !detail;
  const total = columns.reduce((sum, column) => sum + (column.width ?? ASSUMED_WIDTH), 0);
  return (
    <div className="table-box" role="region" aria-label={`${label}, ${t.rows(format.number(rows.length))}`}>
      <Table<T>
        columns={columns.map((column) => ({
          key: column.key,
          title: column.title,
          width: column.width ?? (virtual ? ASSUMED_WIDTH : undefined),
          align: column.align,
          sorter: column.order
            ? (one: T, other: T) => compare(column.order?.(one) ?? '', column.order?.(other) ?? '')
            : undefined,
          render: (_: unknown, row: T) => column.render(row),
        }))}
        dataSource={rows}
        rowKey={rowKey}
        loading={loading ? { delay: 300 } : false}
        pagination={false}
        size="middle"
        virtual={virtual}
        showSorterTooltip={false}
        scroll={virtual ? { x: total, y: Math.max(360, window.innerHeight - 300) } : { x: 'max-content' }}
        expandable={detail ? { expandedRowRender: detail } : undefined}
      />
    </div>
  );
}

function Cards<T extends object>({ label, columns, rows, rowKey, empty, loading, detail }: Props<T>) {
  const t = texts.use();
  const [shown, setShown] = useState(CARDS_AT_ONCE);
  if (rows.length === 0) {
    return <div className="table-box">{loading ? <div className="loading">{t.loading}</div> : empty}</div>;
  }
  const kind = (column: Column<T>, index: number) => column.phone ?? (index === 0 ? 'lead' : 'line');
  return (
    <>
      <ul className="cards" aria-label={label}>
        {rows.slice(0, shown).map((row) => (
          <li key={rowKey(row)}>
            {columns.map((column, index) =>
              kind(column, index) === 'lead' ? (
                <div key={column.key} className="lead">
                  {column.render(row)}
                </div>
              ) : null,
            )}
            <dl>
              {columns.map((column, index) =>
                kind(column, index) === 'line' ? <Line key={column.key} name={column.title} value={column.render(row)} /> : null,
              )}
            </dl>
            {columns.map((column, index) =>
              kind(column, index) === 'actions' ? (
                <div key={column.key} className="row">
                  {column.render(row)}
                </div>
              ) : null,
            )}
            {detail ? (
              <details>
                <summary>{t.details}</summary>
                {detail(row)}
              </details>
            ) : null}
          </li>
        ))}
      </ul>
      {rows.length > shown ? (
        <div className="row">
          <Button onClick={() => setShown(shown + CARDS_AT_ONCE)}>
            {t.more(Math.min(CARDS_AT_ONCE, rows.length - shown))}
          </Button>
        </div>
      ) : null}
    </>
  );
}

function Line({ name, value }: { name: string; value: ReactNode }) {
  return value === null || value === undefined || value === '' ? null : (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  );
}
