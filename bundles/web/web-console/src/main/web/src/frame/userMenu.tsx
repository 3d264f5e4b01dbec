// SPDX-License-Identifier: Apache-2.0
import { UserOutlined } from '@ant-design/icons';
import { Popover } from 'antd';
import { useState } from 'react';
import {
  type Language,
  type SchemeChoice,
  setLanguage,
  setScheme,
  useLanguage,
  useSchemeChoice,
} from '../app/preferences';
import { Link } from '../app/router';
import { signOut, useSession } from '../app/session';
import { texts } from './texts';
import './userMenu.css';

interface ChoiceProps<T extends string> {
  name: string;
  label: string;
  value: T;
  options: readonly (readonly [T, string])[];
  onChange: (next: T) => void;
}

function Choice<T extends string>({ name, label, value, options, onChange }: ChoiceProps<T>) {
  return (
    <fieldset className="choice">
      <legend>{label}</legend>
      <div>
        {options.map(([key, text]) => (
          <label key={key} className={key === value ? 'chosen' : undefined}>
            <input type="radio" name={name} checked={key === value} onChange={() => onChange(key)} />
            {text}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

export function UserMenu() {
  const t = texts.use();
  const session = useSession();
  const language = useLanguage();
  const scheme = useSchemeChoice();
  const [open, setOpen] = useState(false);
  const shown = session.displayName || session.name;
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      trigger="click"
      placement="bottomRight"
      content={
        <div className="user-menu">
          <div>
            <strong>{shown}</strong>
            <div className="quiet">{session.grants.join(', ')}</div>
          </div>
          <Choice<Language>
            name="language"
            label={t.language}
            value={language}
            options={[
              ['en', 'English'],
              ['zh', '简体中文'],
            ]}
            onChange={setLanguage}
          />
          <Choice<SchemeChoice>
            name="scheme"
            label={t.scheme}
            value={scheme}
            options={[
              ['system', t.system],
              ['light', t.light],
              ['dark', t.dark],
            ]}
            onChange={setScheme}
          />
          <Link to="/account" className="menu-line" onClick={() => setOpen(false)}>
            {t.account}
          </Link>
          <button type="button" className="menu-line" onClick={() => void signOut()}>
            {t.signOut}
          </button>
        </div>
      }
    >
      <button
        type="button"
        className="icon-button"
        aria-label={t.userMenu(shown)}
        aria-expanded={open}
        onKeyDown={(event) => event.key === 'Escape' && setOpen(false)}
      >
        <UserOutlined />
        <span className="user-name">{shown}</span>
      </button>
    </Popover>
  );
}
