// SPDX-License-Identifier: Apache-2.0
import { Input } from 'antd';
import { useEffect, useState } from 'react';
import { api, asProblem, isAbort, type Problem } from '../../app/api';
import { Link, useQuery } from '../../app/router';
import { Empty, Page, ProblemBox } from '../../ui/basics';
import { useFormat } from '../../ui/format';
import { type Column, DataTable } from '../../ui/table';
import { texts } from '../texts';

interface StoredObject {
  key: string;
  sizeBytes: number;
  etag: string;
  modified: string;
  contentType: string;
}

interface Listing {
  objects: StoredObject[];
  commonPrefixes: string[];
  truncated: boolean;
  next: string;
}

/** A line of the listing: an object, or a prefix that stands for many. */
type Row = { kind: 'prefix'; name: string } | { kind: 'object'; name: string; object: StoredObject };

const PAGE_SIZE = 500;
const S3_PORT_OFFSET = 557; // 9000 - 8443: both ports move by the same offset

function rowsOf(listing: Listing, prefix: string): Row[] {
  return [
    ...listing.commonPrefixes.map((each): Row => ({ kind: 'prefix', name: each })),
    ...listing.objects
      .filter((each) => each.key !== prefix)
      .map((each): Row => ({ kind: 'object', name: each.key, object: each })),
  ];
}

function useListing(bucket: string, prefix: string) {
  const place = `${bucket}\n${prefix}`;
  const [rows, setRows] = useState<Row[]>([]);
  const [next, setNext] = useState('');
  const [wanted, setWanted] = useState({ place, after: '' });
  const [loading, setLoading] = useState(true);
  const [problem, setProblem] = useState<Problem>();
  const after = wanted.place === place ? wanted.after : '';
  useEffect(() => {
    const control = new AbortController();
    setLoading(true);
    setProblem(undefined);
    api
      .get<Listing>(
        `storage/buckets/${encodeURIComponent(bucket)}/objects`,
        { prefix, delimiter: '/', startAfter: after, limit: PAGE_SIZE },
        control.signal,
      )
      .then(
        (listing) => {
          setRows((before) => (after === '' ? [] : before).concat(rowsOf(listing, prefix)));
          setNext(listing.truncated ? listing.next : '');
          setLoading(false);
        },
        (failure: unknown) => {
          if (!isAbort(failure)) {
            setProblem(asProblem(failure));
            setLoading(false);
          }
        },
      );
    return () => control.abort();
  }, [bucket, prefix, after]);
  return { rows, loading, problem, more: next ? () => setWanted({ place, after: next }) : undefined };
}

function Trail({ bucket, prefix }: { bucket: string; prefix: string }) {
  const t = texts.use();
  const steps = prefix.split('/').filter(Boolean);
  const to = (part: string) =>
    `/storage/bucket?name=${encodeURIComponent(bucket)}${part ? `&prefix=${encodeURIComponent(part)}` : ''}`;
  return (
    <nav aria-label={t.where} className="row">
      <Link to={to('')}>{t.root}</Link>
      {steps.map((step, index) => (
        <span key={steps.slice(0, index + 1).join('/')}>
          / <Link to={to(`${steps.slice(0, index + 1).join('/')}/`)}>{step}</Link>
        </span>
      ))}
    </nav>
  );
}

/** The objects of one bucket, folder by folder. */
export default function BucketPage() {
  const t = texts.use();
  const format = useFormat();
  const [bucket] = useQuery('name');
  const [prefix, setPrefix] = useQuery('prefix');
  const listing = useListing(bucket, prefix);
  const endpoint = `https://${window.location.hostname}:${Number(window.location.port || '443') + S3_PORT_OFFSET}`;
  const columns: Column<Row>[] = [
    {
      key: 'key',
      title: t.key,
      width: 480,
      render: (row) =>
        row.kind === 'prefix' ? (
          <Link to={`/storage/bucket?name=${encodeURIComponent(bucket)}&prefix=${encodeURIComponent(row.name)}`}>
            {row.name.slice(prefix.length)}
          </Link>
        ) : (
          <span className="mono">{row.name.slice(prefix.length)}</span>
        ),
      order: (row) => row.name,
    },
    {
      key: 'size',
      title: t.size,
      width: 120,
      align: 'right',
      render: (row) => (row.kind === 'object' ? format.bytes(row.object.sizeBytes) : ''),
      order: (row) => (row.kind === 'object' ? row.object.sizeBytes : -1),
    },
    {
      key: 'type',
      title: t.type,
      width: 200,
      render: (row) => (row.kind === 'object' ? row.object.contentType : t.folder),
    },
    {
      key: 'modified',
      title: t.modified,
      width: 200,
      render: (row) => (row.kind === 'object' ? format.time(row.object.modified) : ''),
      order: (row) => (row.kind === 'object' ? row.object.modified : ''),
    },
    {
      key: 'etag',
      title: t.etag,
      width: 300,
      phone: 'hide',
      render: (row) => (row.kind === 'object' ? <span className="mono quiet">{row.object.etag}</span> : ''),
    },
  ];
  return (
    <Page title={bucket} actions={<Link to="/storage">{t.back}</Link>}>
      <div className="filters">
        <Trail bucket={bucket} prefix={prefix} />
        <Input.Search
          key={prefix}
          aria-label={t.prefix}
          placeholder={t.prefix}
          allowClear
          defaultValue={prefix}
          onSearch={setPrefix}
          style={{ maxWidth: 320 }}
        />
      </div>
      {listing.problem ? <ProblemBox problem={listing.problem} /> : null}
      <DataTable
        label={bucket}
        columns={columns}
        rows={listing.rows}
        rowKey={(row) => `${row.kind} ${row.name}`}
        loading={listing.loading}
        onMore={listing.more}
        empty={
          prefix ? (
            <Empty title={t.noneWithPrefix} />
          ) : (
            <Empty
              title={t.noObjects}
              hint={
                <>
                  {t.noObjectsHint}
                  <br />
                  <code>{`aws --endpoint-url ${endpoint} s3 cp FILE s3://${bucket}/`}</code>
                </>
              }
            />
          )
        }
      />
    </Page>
  );
}
