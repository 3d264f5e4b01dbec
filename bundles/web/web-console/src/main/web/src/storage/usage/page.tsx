// SPDX-License-Identifier: Apache-2.0
import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { api, idempotencyKey } from '../../app/api';
import { Link } from '../../app/router';
import { useMay } from '../../app/session';
import { useLoad } from '../../app/useLoad';
import { Bar, Card, Empty, Facts, Loaded, Page, Tag } from '../../ui/basics';
import { FormDialog, useConfirm } from '../../ui/dialog';
import { useFormat } from '../../ui/format';
import { DataTable } from '../../ui/table';
import { texts } from '../texts';

interface Drive {
  name: string;
  path: string;
  online: boolean;
  totalBytes: number;
  freeBytes: number;
}

interface Usage {
  copies: number;
  objects: number;
  bytes: number;
  drives: Drive[];
}

interface Bucket {
  name: string;
  created: string;
  owner: string;
}

const NAME = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const NEARLY_FULL = 0.8;
const FULL = 0.92;

const usedOf = (drive: Drive): number => (drive.totalBytes > 0 ? 1 - drive.freeBytes / drive.totalBytes : 0);
const toneOf = (share: number) => (share >= FULL ? 'bad' : share >= NEARLY_FULL ? 'warn' : '');

function UsageView({ usage }: { usage: Usage }) {
  const t = texts.use();
  const format = useFormat();
  const total = usage.drives.reduce((sum, drive) => sum + drive.totalBytes, 0);
  const free = usage.drives.reduce((sum, drive) => sum + drive.freeBytes, 0);
  return (
    <>
      <Card title={t.use} extra={<strong>{format.percent(total > 0 ? 1 - free / total : 0, 1)}</strong>}>
        <Bar share={total > 0 ? 1 - free / total : 0} tone={toneOf(total > 0 ? 1 - free / total : 0)} label={t.use} />
        <div style={{ marginTop: 12 }}>
          <Facts
            pairs={[
              [t.raw, format.bytes(total)],
              [t.free, format.bytes(free)],
              [t.bytes, format.bytes(usage.bytes)],
              [t.objects, format.number(usage.objects)],
              [t.copies, usage.copies],
            ]}
          />
        </div>
      </Card>
      <section>
        <h2 className="section">{t.drives}</h2>
        <DataTable
          label={t.drives}
          rows={usage.drives}
          rowKey={(row) => row.name}
          columns={[
            { key: 'name', title: t.drive, width: 110, render: (row) => <strong>{row.name}</strong>, order: (row) => row.name },
            {
              key: 'state',
              title: t.state,
              width: 110,
              render: (row) => <Tag tone={row.online ? 'ok' : 'bad'}>{row.online ? t.online : t.offline}</Tag>,
            },
            {
              key: 'used',
              title: t.use,
              width: 260,
              render: (row) => (
                <div style={{ minWidth: 120 }}>
                  <Bar share={usedOf(row)} tone={toneOf(usedOf(row))} label={`${t.use}: ${row.name}`} />
                  <span className="quiet">{format.percent(usedOf(row), 1)}</span>
                </div>
              ),
              order: usedOf,
            },
            { key: 'free', title: t.free, width: 120, render: (row) => format.bytes(row.freeBytes), order: (row) => row.freeBytes },
            { key: 'size', title: t.size, width: 120, render: (row) => format.bytes(row.totalBytes) },
            { key: 'path', title: t.path, width: 300, render: (row) => <span className="mono">{row.path}</span> },
          ]}
          empty={<Empty title={t.noDrives} hint={t.noDrivesHint} />}
        />
      </section>
    </>
  );
}

function Buckets() {
  const t = texts.use();
  const format = useFormat();
  const may = useMay('storage');
  const confirm = useConfirm();
  const [key, setKey] = useState('');
  const buckets = useLoad('buckets', (signal) => api.get<Bucket[]>('storage/buckets', {}, signal));
  const remove = (bucket: Bucket) =>
    confirm.ask({
      title: t.removeTitle(bucket.name),
      consequences: [t.removeWhat, t.removeKeys],
      ok: t.remove,
      word: bucket.name,
      run: async () => {
        await api.remove(`storage/buckets/${encodeURIComponent(bucket.name)}`);
        buckets.reload();
      },
    });
  return (
    <section>
      <div className="split">
        <h2 className="section">{t.buckets}</h2>
        {may ? (
          <Button type="primary" onClick={() => setKey(idempotencyKey())}>
            {t.create}
          </Button>
        ) : null}
      </div>
      <Loaded state={buckets}>
        {(rows) => (
          <DataTable
            label={t.buckets}
            rows={rows}
            rowKey={(row) => row.name}
            columns={[
              {
                key: 'name',
                title: t.bucket,
                width: 320,
                render: (row) => <Link to={`/storage/bucket?name=${encodeURIComponent(row.name)}`}>{row.name}</Link>,
                order: (row) => row.name,
              },
              { key: 'owner', title: t.owner, width: 160, render: (row) => row.owner, order: (row) => row.owner },
              { key: 'created', title: t.created, width: 200, render: (row) => format.time(row.created), order: (row) => row.created },
              {
                key: 'actions',
                title: '',
                width: 110,
                phone: 'actions',
                render: (row) =>
                  may ? (
                    <Button size="small" danger onClick={() => remove(row)}>
                      {t.remove}
                    </Button>
                  ) : null,
              },
            ]}
            empty={<Empty title={t.noBuckets} hint={t.noBucketsHint} />}
          />
        )}
      </Loaded>
      <FormDialog<{ name: string }>
        title={t.create}
        open={key !== ''}
        onClose={() => setKey('')}
        submit={t.create}
        done={t.createDone}
        onSubmit={async ({ name }) => {
          await api.post('storage/buckets', { name }, { idempotencyKey: key });
          buckets.reload();
        }}
      >
        <Form.Item
          name="name"
          label={t.name}
          extra={t.nameHint}
          rules={[{ required: true }, { pattern: NAME, message: t.nameRule }]}
        >
          <Input autoCapitalize="none" spellCheck={false} />
        </Form.Item>
      </FormDialog>
      {confirm.holder}
    </section>
  );
}

export default function Storage() {
  const t = texts.use();
  const usage = useLoad('usage', (signal) => api.get<Usage>('storage/usage', {}, signal), { everySeconds: 30 });
  return (
    <Page title={t.title} intro={t.intro}>
      {usage.problem?.code === 'FORBIDDEN' ? (
        <p className="hint">{t.bucketsOnly}</p>
      ) : (
        <Loaded state={usage}>{(data) => <UsageView usage={data} />}</Loaded>
      )}
      <Buckets />
    </Page>
  );
}
