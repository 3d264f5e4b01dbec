// SPDX-License-Identifier: Apache-2.0
import { type Language, language, useLanguage } from './preferences';

type Word = string | ((...values: never[]) => string);

/** The shape that every language of a dictionary must have: the keys of English, functions with the same parameters. */
export type Texts<T> = {
  [K in keyof T]: T[K] extends (...values: infer V) => string ? (...values: V) => string : string;
};

export interface Dictionary<T> {
  /** Hook: the texts in the language of the moment. */
  use(): Texts<T>;
  /** Outside of components: the texts in the language of the moment. */
  now(): Texts<T>;
  of(language: Language): Texts<T>;
}

/** Texts of one page in both languages; a key that one of them lacks fails the type check. */
export function dictionary<T extends Record<string, Word>>(en: T, zh: NoInfer<Texts<T>>): Dictionary<T> {
  const of = (wanted: Language): Texts<T> => (wanted === 'zh' ? zh : (en as unknown as Texts<T>));
  return {
    use: () => of(useLanguage()),
    now: () => of(language()),
    of,
  };
}

/** The text of a twin that the appliance sends in both languages. */
export function twin(inLanguage: Language, english: string, chinese: string | null | undefined): string {
  return inLanguage === 'zh' && chinese ? chinese : english;
}
