// SPDX-License-Identifier: Apache-2.0
import { Button, DatePicker, Drawer, Input, Modal, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useEffect, useState } from 'react';
import { api, asProblem, isAbort, type Page as ListPage, type Problem } from '../../app/api';
import { useQuery } from '../../app/router';
import { Copy, Empty, Facts, Page, ProblemBox, Tag, type Tone } from '../../ui/basics';
import { useAction } from '../../ui/dialog';
import { download } from '../../ui/download';
import { useFormat } from '../../ui/format';
import { type Column, DataTable } from '../../ui/table';
import { texts } from './texts';

type Outcome = 'begun' | 'done' | 'failed' | 'refused' | 'noted';

interface AuditRecord {
  sequence: number;
  time: string;
  who: string;
  action: string;
  target: string;
  origin: string;
  channel: string;
  details: Record<string, string>;
  outcome: Outcome;
  begun: number | null;
  code: string;
  message: string;
  hash: string;
}

interface Verdict {
  whole: boolean;
  records: number;
  first: number;
  broken: number;
  detail: string;
}

const OUTCOMES: Outcome[] = ['done', 'failed', 'refused', 'noted', 'begun'];
const TONES: Record<Outcome, Tone> = { begun: 'calm', done: 'ok', failed: 'bad', refused: 'warn', noted: 'info' };
const PAGE_SIZE = 200;

/** Searches page by page; a page can be short, even empty, and not the last. */
function useRecords(filter: Record<string, string>) {
  const key = JSON.stringify(filter);
  const [rows, setRows] = useState<AuditRecord[]>([]);
  const [next, setNext] = useState<string | null>(null);
  const [wanted, setWanted] = useState({ key, cursor: '' });
  const [loading, setLoading] = useState(true);
  const [problem, setProblem] = useState<Problem>();
  const cursor = wanted.key === key ? wanted.cursor : '';
  useEffect(() => {
    const control = new AbortController();
    setLoading(true);
    setProblem(undefined);
    const query = { ...(JSON.parse(key) as Record<string, string>), limit: PAGE_SIZE, cursor };
    api.get<ListPage<AuditRecord>>('audit/records', query, control.signal).then(
      (page) => {
        setRows((before) => (cursor === '' ? page.items : [...before, ...page.items]));
        setNext(page.next ?? null);
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
  }, [key, cursor]);
  return { rows, loading, problem, more: next ? () => setWanted({ key, cursor: next }) : undefined };
}

function Details({ record, onClose }: { record: AuditRecord | undefined; onClose: () => void }) {
  const t = texts.use();
  const format = useFormat();
  return (
    <Drawer open={record !== undefined} onClose={onClose} size={520} title={record ? `${t.sequence} ${record.sequence}` : ''}>
      {record ? (
        <Facts
          pairs={[
            [t.time, format.time(record.time)],
            [t.who, record.who],
            [t.what, <code key="action">{record.action}</code>],
            [t.target, record.target],
            [t.origin, record.origin],
            [t.channel, record.channel],
            [t.outcome, <Tag key="outcome" tone={TONES[record.outcome]}>{t[record.outcome]}</Tag>],
            [t.message, [record.code, record.message].filter(Boolean).join(': ')],
            [t.wish, record.begun ?? ''],
            ...Object.entries(record.details).map(([name, value]) => [name, value] as const),
            [
              t.hash,
              <span key="hash">
                <code>{record.hash}</code> <Copy text={record.hash} label={t.hash} />
              </span>,
            ],
          ]}
        />
      ) : null}
    </Drawer>
  );
}

function Verify() {
  const t = texts.use();
  const format = useFormat();
  const action = useAction();
  const [verdict, setVerdict] = useState<Verdict>();
  const verify = () =>
    action.run(async () => {
      setVerdict(undefined);
      setVerdict(await api.post<Verdict>('audit/verify'));
    }, '');
  return (
    <>
      <Button loading={action.busy} onClick={() => void verify()}>
        {t.verify}
      </Button>
      <Modal open={verdict !== undefined} onCancel={() => setVerdict(undefined)} footer={null} title={t.verify}>
        {verdict ? (
          <div role="status">
            <p>
              <Tag tone={verdict.whole ? 'ok' : 'bad'}>
                {verdict.whole ? t.whole(format.number(verdict.records)) : t.broken(format.number(verdict.broken))}
              </Tag>
            </p>
            <p className="quiet">{verdict.detail}</p>
          </div>
        ) : null}
      </Modal>
      {action.problem ? <ProblemBox problem={action.problem} /> : null}
    </>
  );
}

function PublicKey() {
  const t = texts.use();
  const action = useAction();
  const [key, setKey] = useState<{ algorithm: string; publicKeyPem: string }>();
  return (
    <>
      <Button loading={action.busy} onClick={() => void action.run(async () => setKey(await api.get('audit/key')), '')}>
        {t.key}
      </Button>
      <Modal open={key !== undefined} onCancel={() => setKey(undefined)} footer={null} title={t.keyTitle}>
        {key ? (
          <>
            <div className="split">
              <span className="quiet">{key.algorithm}</span>
              <Copy text={key.publicKeyPem} label={t.key} />
            </div>
            <pre className="code">{key.publicKeyPem}</pre>
          </>
        ) : null}
      </Modal>
    </>
  );
}

export default function Audit() {
  const t = texts.use();
  const format = useFormat();
  const [from, setFrom] = useQuery('from');
  const [to, setTo] = useQuery('to');
  const [who, setWho] = useQuery('who');
  const [action, setAction] = useQuery('action');
  const [outcome, setOutcome] = useQuery('outcome');
  const [text, setText] = useQuery('text');
  const [open, setOpen] = useState<AuditRecord>();
  const records = useRecords({ from, to, who, action, outcome, text });
  const instant = (value: Dayjs | null) => (value ? value.toISOString() : '');
  const columns: Column<AuditRecord>[] = [
    {
      key: 'time',
      title: t.time,
      width: 190,
      render: (row) => (
        <button type="button" className="copy-button nowrap" onClick={() => setOpen(row)}>
          {format.time(row.time)}
        </button>
      ),
    },
    { key: 'who', title: t.who, width: 130, render: (row) => row.who },
    { key: 'action', title: t.what, width: 230, render: (row) => <code>{row.action}</code> },
    { key: 'target', title: t.target, width: 260, render: (row) => <span className="wrap tight">{row.target}</span> },
    {
      key: 'outcome',
      title: t.outcome,
      width: 120,
      render: (row) => <Tag tone={TONES[row.outcome] ?? 'calm'}>{t[row.outcome] ?? row.outcome}</Tag>,
    },
    { key: 'message', title: t.message, width: 280, render: (row) => (row.message ? <span className="wrap tight">{row.message}</span> : null) },
    { key: 'origin', title: t.origin, width: 150, render: (row) => row.origin, phone: 'hide' },
  ];
  return (
    <Page
      title={t.title}
      intro={t.intro}
      actions={
        <>
          <Verify />
          <PublicKey />
          <Button title={t.exportHint} onClick={() => download('audit/export', { from, to }, 'audit.ndjson')}>
            {t.export}
          </Button>
        </>
      }
    >
      <div className="filters" role="search">
        <DatePicker.RangePicker
          showTime
          allowEmpty={[true, true]}
          aria-label={t.range}
          placeholder={[t.from, t.to]}
          value={[from ? dayjs(from) : null, to ? dayjs(to) : null]}
          onChange={(range) => {
            setFrom(instant(range?.[0] ?? null));
            setTo(instant(range?.[1] ?? null));
          }}
        />
        <Input.Search allowClear aria-label={t.who} placeholder={t.who} defaultValue={who} onSearch={setWho} style={{ width: 150 }} />
        <Input.Search
          allowClear
          aria-label={t.action}
          placeholder={t.action}
          defaultValue={action}
          onSearch={setAction}
          style={{ width: 200 }}
        />
        <Select
          aria-label={t.outcome}
          value={outcome}
          onChange={setOutcome}
          style={{ width: 130 }}
          options={[{ value: '', label: t.any }, ...OUTCOMES.map((each) => ({ value: each as string, label: t[each] }))]}
        />
        <Input.Search
          allowClear
          aria-label={t.text}
          placeholder={t.text}
          defaultValue={text}
          onSearch={setText}
          style={{ width: 280 }}
        />
      </div>
      {records.problem ? <ProblemBox problem={records.problem} /> : null}
      <DataTable
        label={t.title}
        columns={columns}
        rows={records.rows}
        rowKey={(row) => String(row.sequence)}
        loading={records.loading}
        empty={<Empty title={t.none} hint={records.more ? t.searched : t.noneHint} />}
        onMore={records.more}
      />
      <Details record={open} onClose={() => setOpen(undefined)} />
    </Page>
  );
}
