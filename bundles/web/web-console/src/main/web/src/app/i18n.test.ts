// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { dictionary, twin } from './i18n';

describe('dictionary', () => {
  const texts = dictionary({ one: 'one', many: (n: number) => `${n} things` }, { one: '一', many: (n: number) => `${n} 个` });

  it('answers in the language that is asked for', () => {
    expect(texts.of('en').many(2)).toBe('2 things');
    expect(texts.of('zh').one).toBe('一');
  });

  it('takes the English twin where the Chinese one is empty', () => {
    expect(twin('zh', 'full', '')).toBe('full');
    expect(twin('zh', 'full', '已满')).toBe('已满');
  });
});
