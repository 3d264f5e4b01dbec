// SPDX-License-Identifier: Apache-2.0
import { createStore, useStore } from './store';

export type Language = 'en' | 'zh';
export type SchemeChoice = 'light' | 'dark' | 'system';
export type Scheme = 'light' | 'dark';

const LANGUAGE_KEY = 'solera.language';
const SCHEME_KEY = 'solera.scheme';
const darkSystem = window.matchMedia('(prefers-color-scheme: dark)');

function read(key: string): string | null {
  try {
    return window.localStorage.getItem(key);
  } catch {
    return null; // storage is forbidden in some private windows; the choice then lasts for the visit
  }
}

function write(key: string, value: string): void {
  try {
    window.localStorage.setItem(key, value);
  } catch {
    // see read
  }
}

function initialLanguage(): Language {
  const kept = read(LANGUAGE_KEY);
  if (kept === 'en' || kept === 'zh') {
    return kept;
  }
  return navigator.languages.find((each) => /^(zh|en)\b/.test(each))?.startsWith('zh') ? 'zh' : 'en';
}

function initialChoice(): SchemeChoice {
  const kept = read(SCHEME_KEY);
  return kept === 'light' || kept === 'dark' ? kept : 'system';
}

function effective(choice: SchemeChoice): Scheme {
  return choice === 'system' ? (darkSystem.matches ? 'dark' : 'light') : choice;
}

const languages = createStore<Language>(initialLanguage());
const choices = createStore<SchemeChoice>(initialChoice());
const schemes = createStore<Scheme>(effective(choices.get()));

function show(): void {
  document.documentElement.lang = languages.get() === 'zh' ? 'zh-CN' : 'en';
  document.documentElement.dataset.scheme = schemes.get();
}

darkSystem.addEventListener('change', () => {
  schemes.set(effective(choices.get()));
  show();
});
show();

export function language(): Language {
  return languages.get();
}

export function setLanguage(next: Language): void {
  write(LANGUAGE_KEY, next);
  languages.set(next);
  show();
}

export function setScheme(next: SchemeChoice): void {
  write(SCHEME_KEY, next);
  choices.set(next);
  schemes.set(effective(next));
  show();
}

export const useLanguage = (): Language => useStore(languages);
export const useSchemeChoice = (): SchemeChoice => useStore(choices);
export const useScheme = (): Scheme => useStore(schemes);
