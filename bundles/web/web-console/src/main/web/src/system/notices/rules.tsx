// SPDX-License-Identifier: Apache-2.0
import { Button, Form, InputNumber, Select, Switch } from 'antd';
import { useState } from 'react';
import { api, type Page as ListPage } from '../../app/api';
import { twin } from '../../app/i18n';
import { useLanguage } from '../../app/preferences';
import { allows, useSession } from '../../app/session';
import { useLoad } from '../../app/useLoad';
import { Empty, Loaded, Tag } from '../../ui/basics';
import { FormDialog } from '../../ui/dialog';
import { useFormat } from '../../ui/format';
import { type Column, DataTable } from '../../ui/table';
import { type Severity, toneOfSeverity, word } from '../model';
import { texts } from './texts';

interface Rule {
  id: string;
  title: string;
  titleZh: string;
  nextAction: string;
  nextActionZh: string;
  severity: Severity;
  metric: string;
  comparison: 'above' | 'below';
  threshold: number;
  lastingSeconds: number;
  enabled: boolean;
  version: string;
}

interface Edit {
  threshold: number;
  lastingSeconds: number;
  severity: Severity;
  enabled: boolean;
}

const SEVERITIES: Severity[] = ['info', 'warning', 'critical'];

/** Places for the label and the value are for notices; a rule shows its name. */
const plain = (title: string): string => title.replace(/\s*\{\w+\}\s*/g, ' … ').trim();

export function Rules() {
  const t = texts.use();
  const language = useLanguage();
  const format = useFormat();
  const may = allows(useSession(), 'system', 'change');
  const [editing, setEditing] = useState<Rule>();
  const rules = useLoad('rules', (signal) => api.get<ListPage<Rule>>('system/rules', {}, signal));
  const columns: Column<Rule>[] = [
    {
      key: 'rule',
      title: t.rule,
      width: 420,
      render: (row) => (
        <span className="wrap">
          {plain(twin(language, row.title, row.titleZh))}
          <br />
          <code className="quiet">{row.id}</code>
        </span>
      ),
      order: (row) => row.id,
    },
    {
      key: 'condition',
      title: t.condition,
      width: 380,
      render: (row) => (
        <span className="wrap">
          {t[row.comparison](row.metric, format.number(row.threshold, 3))}
          {row.lastingSeconds > 0 ? `, ${t.lasting(format.seconds(row.lastingSeconds))}` : ''}
        </span>
      ),
    },
    {
      key: 'severity',
      title: t.severity,
      width: 120,
      render: (row) => <Tag tone={toneOfSeverity[row.severity]}>{word(row.severity, language)}</Tag>,
      order: (row) => SEVERITIES.indexOf(row.severity),
    },
    {
      key: 'enabled',
      title: t.state,
      width: 110,
      render: (row) => <Tag tone={row.enabled ? 'ok' : 'calm'}>{row.enabled ? t.enabled : t.off}</Tag>,
    },
    {
      key: 'actions',
      title: '',
      width: 100,
      phone: 'actions',
      render: (row) =>
        may ? (
          <Button size="small" onClick={() => setEditing(row)}>
            {t.edit}
          </Button>
        ) : null,
    },
  ];
  return (
    <Loaded state={rules}>
      {({ items }) => (
        <>
          <DataTable
            label={t.rules}
            columns={columns}
            rows={items}
            rowKey={(row) => row.id}
            empty={<Empty title={t.noRules} />}
          />
          <FormDialog<Edit>
            title={t.editTitle}
            open={editing !== undefined}
            onClose={() => setEditing(undefined)}
            initial={editing}
            done={t.saved}
            onSubmit={async (values) => {
              await api.put(`system/rules/${editing?.id ?? ''}`, values, { ifMatch: `"${editing?.version ?? ''}"` });
              rules.reload();
            }}
          >
            <p className="lead-in">{editing ? plain(twin(language, editing.title, editing.titleZh)) : ''}</p>
            <Form.Item
              name="threshold"
              label={t.threshold}
              extra={t.thresholdHint(editing?.metric ?? '')}
              rules={[{ required: true }]}
            >
              <InputNumber style={{ width: '100%' }} />
            </Form.Item>
            <Form.Item name="lastingSeconds" label={t.lastingSeconds} rules={[{ required: true }]}>
              <InputNumber min={0} max={604800} precision={0} style={{ width: '100%' }} />
            </Form.Item>
            <Form.Item name="severity" label={t.severity}>
              <Select options={SEVERITIES.map((each) => ({ value: each, label: t[each] }))} />
            </Form.Item>
            <Form.Item name="enabled" label={t.enabled} valuePropName="checked">
              <Switch />
            </Form.Item>
          </FormDialog>
        </>
      )}
    </Loaded>
  );
}
