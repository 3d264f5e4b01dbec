// SPDX-License-Identifier: Apache-2.0
import { Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { api, idempotencyKey, type Page as ListPage, upload } from '../../app/api';
import { Link, navigate } from '../../app/router';
import { useLoad } from '../../app/useLoad';
import { Bar, Empty, Loaded, Page, ProblemBox } from '../../ui/basics';
import { FormDialog, useAction, useConfirm } from '../../ui/dialog';
import { download } from '../../ui/download';
import { FileButton } from '../../ui/fileButton';
import { useFormat } from '../../ui/format';
import { type Column, DataTable } from '../../ui/table';
import { texts } from './texts';

interface Archive {
  name: string;
  createdAt: string;
  bytes: number;
  parts: string[];
  version: string;
}

interface Secret {
  passphrase?: string;
  word?: string;
}

const LEAST = 12;
const pathOf = (archive: Archive): string => `system/backups/${encodeURIComponent(archive.name)}`;
const bodyOf = (values: Secret) => (values.passphrase ? { passphrase: values.passphrase } : {});

function Make({ made }: { made: () => void }) {
  const t = texts.use();
  const [key, setKey] = useState('');
  return (
    <>
      <Button type="primary" onClick={() => setKey(idempotencyKey())}>
        {t.make}
      </Button>
      <FormDialog<Secret>
        title={t.make}
        open={key !== ''}
        onClose={() => setKey('')}
        submit={t.make}
        done={t.started}
        onSubmit={async (values) => {
          await api.post('system/backups', bodyOf(values), { idempotencyKey: key });
          made();
        }}
      >
        <p className="lead-in">{t.makeWhat}</p>
        <Form.Item name="passphrase" label={t.passphrase} extra={t.passphraseMake} rules={[{ min: LEAST, max: 256 }]}>
          <Input.Password autoComplete="new-password" />
        </Form.Item>
      </FormDialog>
    </>
  );
}

function Upload({ uploaded }: { uploaded: () => void }) {
  const t = texts.use();
  const format = useFormat();
  const action = useAction();
  const [share, setShare] = useState(0);
  const send = async (file: File) => {
    setShare(0);
    if (await action.run(() => upload('system/backups/upload', file, setShare), t.uploaded)) {
      uploaded();
    }
  };
  return (
    <>
      <FileButton label={t.upload} busy={action.busy} onFile={(file) => void send(file)} />
      {action.busy ? (
        <Modal open footer={null} closable={false} title={t.uploading(format.percent(share))}>
          <Bar share={share} label={t.upload} />
        </Modal>
      ) : null}
      {action.problem ? <ProblemBox problem={action.problem} /> : null}
    </>
  );
}

function Check({ archive, onClose }: { archive: Archive | undefined; onClose: () => void }) {
  const t = texts.use();
  const [parts, setParts] = useState<string[]>();
  return (
    <>
      <FormDialog<Secret>
        title={t.checkTitle(archive?.name ?? '')}
        open={archive !== undefined}
        onClose={onClose}
        submit={t.check}
        done=""
        onSubmit={async (values) => {
          if (archive) {
            setParts((await api.post<{ parts: string[] }>(`${pathOf(archive)}/check`, bodyOf(values))).parts);
          }
        }}
      >
        <p className="lead-in">{t.checkWhat}</p>
        <Form.Item name="passphrase" label={t.passphrase} extra={t.passphraseOpen}>
          <Input.Password autoComplete="off" />
        </Form.Item>
      </FormDialog>
      <Modal open={parts !== undefined} onCancel={() => setParts(undefined)} footer={null} title={t.checked}>
        <ul className="bullets">
          {parts?.map((part) => (
            <li key={part}>{part}</li>
          ))}
        </ul>
      </Modal>
    </>
  );
}

function Restore({ archive, onClose }: { archive: Archive | undefined; onClose: () => void }) {
  const t = texts.use();
  return (
    <FormDialog<Secret>
      title={t.restoreTitle(archive?.name ?? '')}
      open={archive !== undefined}
      onClose={onClose}
      submit={t.restore}
      done={t.restoreStarted}
      danger
      onSubmit={async (values) => {
        if (archive) {
          await api.post(`${pathOf(archive)}/restore`, bodyOf(values));
          navigate('/operations');
        }
      }}
    >
      <ul className="bullets lead-in">
        {[t.restoreReplaces, t.restoreSessions, t.restoreObjects, t.restoreFirst].map((each) => (
          <li key={each}>{each}</li>
        ))}
      </ul>
      <Form.Item name="passphrase" label={t.passphrase} extra={t.passphraseOpen}>
        <Input.Password autoComplete="off" />
      </Form.Item>
      <Form.Item
        name="word"
        label={t.restoreWord}
        extra={<code>{archive?.name}</code>}
        rules={[
          { required: true },
          {
            validator: (_, value) =>
              !value || value === archive?.name ? Promise.resolve() : Promise.reject(new Error(t.wrongWord)),
          },
        ]}
      >
        <Input autoComplete="off" />
      </Form.Item>
    </FormDialog>
  );
}

export default function Backup() {
  const t = texts.use();
  const format = useFormat();
  const confirm = useConfirm();
  const [checking, setChecking] = useState<Archive>();
  const [restoring, setRestoring] = useState<Archive>();
  const archives = useLoad('backups', (signal) => api.get<ListPage<Archive>>('system/backups', {}, signal), {
    topics: ['operations'],
  });
  const remove = (archive: Archive) =>
    confirm.ask({
      title: t.removeTitle(archive.name),
      consequences: [t.removeWhat],
      ok: t.remove,
      run: async () => {
        await api.remove(pathOf(archive));
        archives.reload();
      },
    });
  const columns: Column<Archive>[] = [
    { key: 'name', title: t.name, width: 320, render: (row) => <span className="mono">{row.name}</span>, order: (row) => row.name },
    { key: 'made', title: t.made, width: 190, render: (row) => format.time(row.createdAt), order: (row) => row.createdAt },
    { key: 'size', title: t.size, width: 110, align: 'right', render: (row) => format.bytes(row.bytes), order: (row) => row.bytes },
    { key: 'parts', title: t.parts, width: 260, render: (row) => <span className="wrap tight">{row.parts.join(', ')}</span> },
    { key: 'version', title: t.version, width: 100, render: (row) => row.version },
    {
      key: 'actions',
      title: '',
      width: 360,
      phone: 'actions',
      render: (row) => (
        <span className="row">
          <Button size="small" onClick={() => download(`${pathOf(row)}/content`, {}, row.name)}>
            {t.download}
          </Button>
          <Button size="small" onClick={() => setChecking(row)}>
            {t.check}
          </Button>
          <Button size="small" danger onClick={() => setRestoring(row)}>
            {t.restore}
          </Button>
          <Button size="small" danger onClick={() => remove(row)}>
            {t.remove}
          </Button>
        </span>
      ),
    },
  ];
  return (
    <Page
      title={t.title}
      intro={t.intro}
      actions={
        <>
          <Link to="/settings?section=backup">{t.schedule}</Link>
          <Upload uploaded={archives.reload} />
          <Make made={archives.reload} />
        </>
      }
    >
      <Loaded state={archives}>
        {({ items }) => (
          <DataTable
            label={t.title}
            columns={columns}
            rows={items}
            rowKey={(row) => row.name}
            empty={<Empty title={t.none} hint={t.noneHint} />}
          />
        )}
      </Loaded>
      <Check archive={checking} onClose={() => setChecking(undefined)} />
      <Restore archive={restoring} onClose={() => setRestoring(undefined)} />
      {confirm.holder}
    </Page>
  );
}
