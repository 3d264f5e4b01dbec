// SPDX-License-Identifier: Apache-2.0
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { type Language, useLanguage } from '../app/preferences';
import { Tag } from './basics';
import { texts } from './texts';

export const ROLES = ['OWNER', 'OPERATOR', 'ENGINEER', 'LICENSE_ADMIN', 'VIEWER'] as const;

const NAMES: Record<Language, Record<string, string>> = {
  en: {
    OWNER: 'Owner',
    OPERATOR: 'Operator',
    ENGINEER: 'Engineer',
    LICENSE_ADMIN: 'License administrator',
    VIEWER: 'Viewer',
  },
  zh: { OWNER: '所有者', OPERATOR: '运维', ENGINEER: '工程师', LICENSE_ADMIN: '许可证管理员', VIEWER: '查看者' },
};

export function roleName(role: string, language: Language): string {
  return NAMES[language][role] ?? role;
}

/** `OPERATOR@bucket:photos` in words. */
export function grantText(grant: string, language: Language): string {
  const at = grant.indexOf('@');
  return at < 0 ? roleName(grant, language) : `${roleName(grant.slice(0, at), language)} · ${grant.slice(at + 1)}`;
}

export function Grants({ grants }: { grants: readonly string[] }) {
  const language = useLanguage();
  const t = texts.use();
  return grants.length === 0 ? (
    <span className="quiet">{t.none}</span>
  ) : (
    <span className="row">
      {[...grants].sort().map((grant) => (
        <Tag key={grant} flat tone={grant === 'OWNER' ? 'warn' : 'calm'}>
          {grantText(grant, language)}
        </Tag>
      ))}
    </span>
  );
}

interface Row {
  key: number;
  role: string;
  scope: string;
}

let keys = 0;

function rowOf(grant: string): Row {
  const at = grant.indexOf('@');
  keys += 1;
  return at < 0
    ? { key: keys, role: grant, scope: '' }
    : { key: keys, role: grant.slice(0, at), scope: grant.slice(at + 1) };
}

function textOf(row: Row): string {
  const scope = row.scope.trim();
  return scope === '' || scope === '*' ? row.role : `${row.role}@${scope}`;
}

interface PickerProps {
  value?: string[];
  onChange?: (next: string[]) => void;
}

/** Roles and where they hold; a field of a form. */
export function GrantPicker({ value = [], onChange }: PickerProps) {
  const t = texts.use();
  const language = useLanguage();
  const [rows, setRows] = useState<Row[]>(() => value.map(rowOf));
  const change = (next: Row[]) => {
    setRows(next);
    onChange?.([...new Set(next.map(textOf))]);
  };
  const replace = (key: number, part: Partial<Row>) =>
    change(rows.map((row) => (row.key === key ? { ...row, ...part } : row)));
  return (
    <div style={{ display: 'grid', gap: 8 }}>
      {rows.map((row) => (
        <div key={row.key} style={{ display: 'grid', gridTemplateColumns: 'minmax(0,1fr) minmax(0,1.2fr) auto', gap: 8 }}>
          <Select
            aria-label={t.role}
            value={row.role}
            options={ROLES.map((role) => ({ value: role, label: roleName(role, language) }))}
            onChange={(role) => replace(row.key, { role })}
          />
          <Input
            aria-label={`${t.scope}: ${t.scopeHint}`}
            placeholder={t.everywhere}
            value={row.scope}
            onChange={(event) => replace(row.key, { scope: event.target.value })}
          />
          <Button
            aria-label={t.removeGrant}
            icon={<DeleteOutlined />}
            onClick={() => change(rows.filter((each) => each.key !== row.key))}
          />
        </div>
      ))}
      <div className="split">
        <Button icon={<PlusOutlined />} onClick={() => change([...rows, rowOf('VIEWER')])}>
          {t.addGrant}
        </Button>
        <small className="quiet">{t.scopeHint}</small>
      </div>
    </div>
  );
}
