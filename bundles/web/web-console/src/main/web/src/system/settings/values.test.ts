// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { allValues, changedValues, defaultOf, type Field, MASK, type Section, toForm } from './values';

const field = (key: string, type: Field['type'], otherwise = ''): Field => ({
  key,
  type,
  title: key,
  titleZh: '',
  help: '',
  helpZh: '',
  otherwise,
  min: 0,
  max: 100,
  options: [],
});

const section: Section = {
  id: 'mail',
  title: 'Mail',
  titleZh: '邮件',
  testable: true,
  fields: [
    field('host', 'text'),
    field('port', 'number', '25'),
    field('tls', 'boolean', 'true'),
    field('password', 'secret'),
    field('to', 'list'),
  ],
  values: { host: 'a', port: 25, tls: true, password: MASK, to: ['x@y'] },
  changed: ['host'],
  version: '7',
};

describe('settings', () => {
  it('sends only what differs, lists as lists', () => {
    const form = { ...toForm(section), port: 587, to: ' x@y \n\nz@y' };
    expect(changedValues(section, form, new Set())).toEqual({ port: 587, to: ['x@y', 'z@y'] });
  });

  it('keeps a secret that nobody typed, and never shows it', () => {
    expect(toForm(section).password).toBe('');
    expect(allValues(section, toForm(section)).password).toBe(MASK);
    expect(changedValues(section, { ...toForm(section), password: 'new' }, new Set())).toEqual({ password: 'new' });
  });

  it('takes a value back to its default with null', () => {
    expect(changedValues(section, toForm(section), new Set(['host']))).toEqual({ host: null });
    expect(defaultOf(field('tls', 'boolean', 'true'))).toBe(true);
    expect(defaultOf(field('port', 'number', '25'))).toBe(25);
  });
});
