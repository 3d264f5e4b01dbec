// SPDX-License-Identifier: Apache-2.0
import { Button, Form, Segmented, Select } from 'antd';
import { useState } from 'react';
import { api, readAll } from '../../app/api';
import { twin } from '../../app/i18n';
import { useLanguage } from '../../app/preferences';
import { useQuery } from '../../app/router';
import { type Session, useSession } from '../../app/session';
import { useLoad } from '../../app/useLoad';
import { Empty, Loaded, Page, ProblemBox, Tag } from '../../ui/basics';
import { FormDialog, useAction } from '../../ui/dialog';
import { useFormat } from '../../ui/format';
import { type Column, DataTable } from '../../ui/table';
import { type Notice, toneOfSeverity, word } from '../model';
import { Rules } from './rules';
import { texts } from './texts';

const MOST = 3000;
const HOURS = [1, 4, 24, 72, 168, 720];
const HOUR_MS = 3_600_000;
const ANSWERING = ['OWNER', 'OPERATOR', 'ENGINEER'];

const mayAnswer = (session: Session): boolean => session.grants.some((grant) => ANSWERING.includes(grant));

function List() {
  const t = texts.use();
  const language = useLanguage();
  const format = useFormat();
  const may = mayAnswer(useSession());
  const action = useAction();
  const [show, setShow] = useQuery('show', 'open');
  const [silencing, setSilencing] = useState<Notice>();
  const notices = useLoad(
    show,
    (signal) => readAll<Notice>('system/notices', { open: show === 'open' ? true : undefined }, MOST, signal),
    { topics: ['notices'], everySeconds: 60 },
  );
  const acknowledge = async (notice: Notice) => {
    if (await action.run(() => api.post(`system/notices/${encodeURIComponent(notice.id)}/acknowledge`), t.acknowledgeDone)) {
      notices.reload();
    }
  };
  const columns: Column<Notice>[] = [
    {
      key: 'what',
      title: t.what,
      width: 420,
      render: (row) => (
        <span className="wrap">
          {twin(language, row.title, row.titleZh)}
          <br />
          <span className="quiet">{twin(language, row.nextAction, row.nextActionZh)}</span>
        </span>
      ),
    },
    {
      key: 'severity',
      title: t.severity,
      width: 120,
      render: (row) => <Tag tone={row.endedAt ? 'calm' : toneOfSeverity[row.severity]}>{word(row.severity, language)}</Tag>,
      order: (row) => row.severity,
    },
    { key: 'subject', title: t.subject, width: 190, render: (row) => <code className="wrap tight">{row.subject}</code> },
    {
      key: 'since',
      title: t.since,
      width: 180,
      render: (row) => <span title={format.time(row.since)}>{format.ago(row.since)}</span>,
      order: (row) => row.since,
    },
    {
      key: 'state',
      title: t.state,
      width: 220,
      render: (row) => (
        <span className="wrap tight">
          {row.endedAt ? `${t.ended} ${format.time(row.endedAt)}` : t.holds}
          {row.acknowledgedBy ? <div className="quiet">{t.acknowledged(row.acknowledgedBy)}</div> : null}
          {row.silencedUntil ? <div className="quiet">{t.silenced(format.time(row.silencedUntil))}</div> : null}
          {row.delivery ? <div className="quiet">{row.delivery}</div> : null}
        </span>
      ),
    },
    {
      key: 'actions',
      title: '',
      width: 190,
      phone: 'actions',
      render: (row) =>
        may && !row.endedAt ? (
          <span className="row">
            {row.acknowledgedBy ? null : (
              <Button size="small" onClick={() => void acknowledge(row)}>
                {t.acknowledge}
              </Button>
            )}
            <Button size="small" onClick={() => setSilencing(row)}>
              {t.silence}
            </Button>
          </span>
        ) : null,
    },
  ];
  return (
    <>
      <div className="filters">
        <Segmented
          aria-label={t.show}
          value={show}
          onChange={setShow}
          options={[
            { value: 'open', label: t.open },
            { value: 'all', label: t.all },
          ]}
        />
      </div>
      {action.problem ? <ProblemBox problem={action.problem} /> : null}
      <Loaded state={notices}>
        {(rows) => (
          <DataTable
            label={t.notices}
            columns={columns}
            rows={rows}
            rowKey={(row) => row.id}
            empty={<Empty title={t.none} hint={t.noneHint} />}
          />
        )}
      </Loaded>
      <FormDialog<{ hours: number }>
        title={t.silenceTitle}
        open={silencing !== undefined}
        onClose={() => setSilencing(undefined)}
        initial={{ hours: 24 }}
        submit={t.silence}
        onSubmit={async ({ hours }) => {
          // One minute less than the longest time, so that the clocks of browser and box may differ a little.
          const until = new Date(Date.now() + hours * HOUR_MS - 60_000).toISOString();
          await api.post(`system/notices/${encodeURIComponent(silencing?.id ?? '')}/silence`, { until });
          notices.reload();
        }}
      >
        <p className="lead-in">{t.silenceWhat}</p>
        <Form.Item name="hours" label={t.silenceFor}>
          <Select
            options={HOURS.map((each) => ({ value: each, label: each < 24 ? t.hours(each) : t.days(each / 24) }))}
          />
        </Form.Item>
      </FormDialog>
    </>
  );
}

export default function Notices() {
  const t = texts.use();
  const [view, setView] = useQuery('view', 'notices');
  return (
    <Page title={t.title} intro={t.intro}>
      <Segmented
        aria-label={t.title}
        value={view}
        onChange={setView}
        options={[
          { value: 'notices', label: t.notices },
          { value: 'rules', label: t.rules },
        ]}
        style={{ justifySelf: 'start' }}
      />
      {view === 'rules' ? <Rules /> : <List />}
    </Page>
  );
}
