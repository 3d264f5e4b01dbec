// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { matchPath } from './router';

describe('matchPath', () => {
  it('names the parts of the address', () => {
    expect(matchPath('/storage/buckets/:bucket', '/storage/buckets/a%20b')).toEqual({ bucket: 'a b' });
  });

  it('refuses other lengths, other words and broken encodings', () => {
    expect(matchPath('/users', '/users/me')).toBeUndefined();
    expect(matchPath('/users', '/groups')).toBeUndefined();
    expect(matchPath('/b/:x', '/b/%E0%A4%A')).toBeUndefined();
  });
});
