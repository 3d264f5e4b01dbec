// SPDX-License-Identifier: Apache-2.0
import { Button, Checkbox, Form, Input, InputNumber, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { api } from '../../app/api';
import { twin } from '../../app/i18n';
import { useLanguage } from '../../app/preferences';
import { useMay } from '../../app/session';
import { Card, ProblemBox, Tag } from '../../ui/basics';
import { useAction } from '../../ui/dialog';
import { useFormat } from '../../ui/format';
import { texts } from './texts';
import { allValues, changedValues, defaultOf, type Field, type FormValues, MASK, type Section, toForm } from './values';

function Control({ field, kept }: { field: Field; kept: boolean }): ReactNode {
  switch (field.type) {
    case 'number':
      return null;
    case 'secret':
      return <Input.Password placeholder={kept ? MASK : ''} autoComplete="new-password" maxLength={field.max} />;
    case 'choice':
      return null;
    case 'list':
      return <Input.TextArea rows={3} />;
    default:
      return <Input maxLength={field.max > 0 ? field.max : undefined} />;
  }
}

function defaultText(field: Field, t: ReturnType<typeof texts.now>): string {
  switch (field.type) {
    case 'secret':
      return '';
    case 'boolean':
      return t.defaultIs(field.otherwise === 'true' ? t.yes : t.no);
    default:
      return field.otherwise === '' ? '' : t.defaultIs(field.otherwise);
  }
}

interface ItemProps {
  field: Field;
  section: Section;
  onReset: () => void;
}

function Item({ field, section, onReset }: ItemProps) {
  const t = texts.use();
  const language = useLanguage();
  const format = useFormat();
  const kept = section.values[field.key] === MASK;
  const hints = [
    twin(language, field.help, field.helpZh),
    field.type === 'number' ? t.between(format.number(field.min), format.number(field.max)) : '',
    field.type === 'list' ? t.listHint : '',
    kept ? t.secretKept : '',
    defaultText(field, t),
  ].filter(Boolean);
  const title = twin(language, field.title, field.titleZh);
  const changed = section.changed.includes(field.key);
  const extra = (
    <span>
      {hints.join(' · ')}{' '}
      {changed ? (
        <span className="nowrap">
          <Tag flat tone="info">
            {t.setByHand}
          </Tag>
          <button type="button" className="copy-button" aria-label={`${t.reset}: ${title}`} onClick={onReset}>
            {t.reset}
          </button>
        </span>
      ) : null}
    </span>
  );
  if (field.type === 'boolean') {
    return (
      <Form.Item name={field.key} valuePropName="checked" extra={extra}>
        <Checkbox>{title}</Checkbox>
      </Form.Item>
    );
  }
  return (
    <Form.Item name={field.key} label={title} extra={extra}>
      {field.type === 'number' ? (
        <InputNumber min={field.min} max={field.max} precision={0} style={{ width: 180 }} />
      ) : field.type === 'choice' ? (
        <Select options={field.options.map((each) => ({ value: each, label: each === '' ? '–' : each }))} />
      ) : (
        Control({ field, kept })
      )}
    </Form.Item>
  );
}

interface Props {
  section: Section;
  saved: () => void;
}

/** The settings of one section, made from its description. */
export function SectionForm({ section, saved }: Props) {
  const t = texts.use();
  const language = useLanguage();
  const may = useMay('system');
  const [form] = Form.useForm<FormValues>();
  const [reset, setReset] = useState<ReadonlySet<string>>(new Set());
  const saving = useAction();
  const trying = useAction();
  const [tried, setTried] = useState('');
  const save = async () => {
    const values = changedValues(section, form.getFieldsValue(), reset);
    const path = `system/settings/${section.id}`;
    if (await saving.run(() => api.put(path, { values }, { ifMatch: `"${section.version}"` }), t.saved)) {
      saved();
    }
  };
  const attempt = () =>
    trying.run(async () => {
      setTried('');
      const values = allValues(section, form.getFieldsValue());
      setTried((await api.post<{ message: string }>(`system/settings/${section.id}/test`, { values })).message);
    }, '');
  const toDefault = (field: Field) => {
    setReset(new Set([...reset, field.key]));
    form.setFieldValue(field.key, defaultOf(field));
  };
  return (
    <Card title={twin(language, section.title, section.titleZh)}>
      {may ? null : <p className="hint lead-in">{t.readOnly}</p>}
      <Form<FormValues>
        form={form}
        layout="vertical"
        requiredMark={false}
        disabled={!may}
        initialValues={toForm(section)}
        onFinish={() => void save()}
        onValuesChange={(changed) => setReset(new Set([...reset].filter((key) => !(key in changed))))}
        style={{ maxWidth: 640 }}
      >
        {section.fields.map((field) => (
          <Item key={field.key} field={field} section={section} onReset={() => toDefault(field)} />
        ))}
        {saving.problem ? (
          <ProblemBox
            problem={saving.problem}
            retry={saving.problem.code === 'PRECONDITION_FAILED' ? saved : undefined}
          />
        ) : null}
        {trying.problem ? <ProblemBox problem={trying.problem} /> : null}
        {tried ? (
          <p className="hint" role="status">
            {tried}
          </p>
        ) : null}
        {may ? (
          <div className="row" style={{ marginTop: 12 }}>
            <Button type="primary" htmlType="submit" loading={saving.busy}>
              {t.save}
            </Button>
            {section.testable ? (
              <Button loading={trying.busy} onClick={() => void attempt()} title={t.testing}>
                {t.test}
              </Button>
            ) : null}
          </div>
        ) : null}
      </Form>
    </Card>
  );
}
