// SPDX-License-Identifier: Apache-2.0

export interface Field {
  key: string;
  type: 'text' | 'secret' | 'number' | 'boolean' | 'choice' | 'list';
  title: string;
  titleZh: string;
  help: string;
  helpZh: string;
  otherwise: string;
  min: number;
  max: number;
  options: string[];
}

export type Value = string | number | boolean | string[] | null;

export interface Section {
  id: string;
  title: string;
  titleZh: string;
  testable: boolean;
  fields: Field[];
  values: Record<string, Value>;
  changed: string[];
  version: string;
}

/** What stands for a secret that is kept. */
export const MASK = '********';

/** What a form holds: lists as lines, everything else as it is. */
export type FormValues = Record<string, string | number | boolean | null | undefined>;

export function toForm(section: Section): FormValues {
  const form: FormValues = {};
  for (const field of section.fields) {
    const value = section.values[field.key];
    form[field.key] = Array.isArray(value) ? value.join('\n') : field.type === 'secret' ? '' : value;
  }
  return form;
}

function fromForm(field: Field, value: FormValues[string], kept: Value | undefined): Value {
  switch (field.type) {
    case 'list':
      return String(value ?? '')
        .split('\n')
        .map((line) => line.trim())
        .filter(Boolean);
    case 'secret':
      return value === undefined || value === null || value === '' ? (kept === MASK ? MASK : '') : String(value);
    case 'number':
      return value === null || value === undefined || value === '' ? null : Number(value);
    case 'boolean':
      return value === true;
    default:
      return String(value ?? '').trim();
  }
}

const same = (one: Value | undefined, other: Value | undefined): boolean =>
  JSON.stringify(one ?? null) === JSON.stringify(other ?? null);

/** All values of a form, for a try. */
export function allValues(section: Section, form: FormValues): Record<string, Value> {
  return Object.fromEntries(
    section.fields.map((field) => [field.key, fromForm(field, form[field.key], section.values[field.key])]),
  );
}

/** The values that differ from what is in force; null takes one back to its default. */
export function changedValues(section: Section, form: FormValues, reset: ReadonlySet<string>): Record<string, Value> {
  const changed: Record<string, Value> = {};
  for (const [key, value] of Object.entries(allValues(section, form))) {
    if (reset.has(key)) {
      changed[key] = null;
    } else if (!same(value, section.values[key])) {
      changed[key] = value;
    }
  }
  return changed;
}

/** The default of a field as a form shows it. */
export function defaultOf(field: Field): FormValues[string] {
  switch (field.type) {
    case 'number':
      return field.otherwise === '' ? null : Number(field.otherwise);
    case 'boolean':
      return field.otherwise === 'true';
    default:
      return field.otherwise;
  }
}
