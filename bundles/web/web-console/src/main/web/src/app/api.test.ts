// SPDX-License-Identifier: Apache-2.0
import { afterEach, describe, expect, it, vi } from 'vitest';
import { address, api, hooks, type Problem, problemOf, readAll, request } from './api';
import { tell } from './problems';

interface Call {
  url: string;
  init: RequestInit & { headers: Headers };
}

function answers(...given: Response[]): Call[] {
  const calls: Call[] = [];
  vi.stubGlobal('fetch', (url: string, init: Call['init']) => {
    calls.push({ url, init });
    const next = given.shift();
    return next ? Promise.resolve(next) : Promise.reject(new TypeError('no network'));
  });
  return calls;
}

const json = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'Content-Type': status < 400 ? 'application/json' : 'application/problem+json', ...headers },
  });

const refused = (status: number, code: string, headers: Record<string, string> = {}) =>
  json({ code, detail: 'Because.', nextAction: 'Do it.', requestId: 'r1', retryable: status === 503 }, status, headers);

afterEach(() => {
  vi.unstubAllGlobals();
  hooks.csrf = () => '';
  hooks.renew = async () => undefined;
  hooks.expired = () => undefined;
});

describe('the client', () => {
  it('leaves empty values out of the query', () => {
    expect(address('x', { a: '', b: undefined, c: 0, d: 'é&' })).toBe('/api/v1/x?c=0&d=%C3%A9%26');
  });

  it('sends the csrf value with changes only, and the version an edit is based on', async () => {
    hooks.csrf = () => 'secret';
    const calls = answers(json({}), json({}, 200, { ETag: '"2"' }));
    await api.get('a');
    const answer = await request('PUT', 'a', { body: { x: 1 }, ifMatch: '"1"' });
    expect(calls[0]?.init.headers.get('X-Solera-Csrf')).toBeNull();
    expect(calls[1]?.init.headers.get('X-Solera-Csrf')).toBe('secret');
    expect(calls[1]?.init.headers.get('If-Match')).toBe('"1"');
    expect(answer.etag).toBe('"2"');
  });

  it('repeats a change once with a fresh csrf value', async () => {
    let value = 'old';
    hooks.csrf = () => value;
    hooks.renew = async () => {
      value = 'new';
    };
    const calls = answers(refused(403, 'CSRF'), json({ ok: true }));
    await expect(api.post('a', {})).resolves.toEqual({ ok: true });
    expect(calls[1]?.init.headers.get('X-Solera-Csrf')).toBe('new');
  });

  it('repeats a read while its part is being replaced, and never a change', async () => {
    vi.useFakeTimers();
    answers(refused(503, 'DRAINING', { 'Retry-After': '1' }), json({ n: 1 }));
    const read = api.get<{ n: number }>('a');
    await vi.advanceTimersByTimeAsync(1500);
    await expect(read).resolves.toEqual({ n: 1 });
    vi.useRealTimers();
    const calls = answers(refused(503, 'DRAINING'));
    await expect(api.post('a', {})).rejects.toMatchObject({ code: 'DRAINING', retryable: true });
    expect(calls).toHaveLength(1);
  });

  it('tells the session when it is over, but not when a sign-in is refused', async () => {
    let ended = 0;
    hooks.expired = () => {
      ended += 1;
    };
    answers(refused(401, 'UNAUTHENTICATED'), refused(401, 'UNAUTHENTICATED'));
    await expect(api.get('system/info')).rejects.toMatchObject({ status: 401 });
    await expect(api.post('users/session', {})).rejects.toMatchObject({ status: 401 });
    expect(ended).toBe(1);
  });

  it('words a dead network', async () => {
    answers();
    const failure = await api.get('a').catch((thrown: unknown) => thrown as Problem);
    expect(tell(failure, 'en').cause).toBe('The appliance does not answer.');
    expect(tell(failure, 'zh').nextAction).toContain('网络');
  });

  it('reads a list to its end, page by page', async () => {
    const calls = answers(json({ items: [1, 2], next: 'c' }), json({ items: [3], next: null }));
    await expect(readAll<number>('list', {}, 100)).resolves.toEqual([1, 2, 3]);
    expect(calls[1]?.url).toContain('cursor=c');
  });
});

describe('problems', () => {
  it('takes an answer that is no JSON by its status', () => {
    expect(problemOf(502, new Headers({ 'X-Reqid': 'q' }), '<html>')).toMatchObject({ code: 'HTTP_502', requestId: 'q' });
  });

  it('shows the cause as sent in English, and the code with the original in Chinese', () => {
    const problem = problemOf(409, new Headers(), JSON.stringify({ code: 'CONFLICT', detail: 'It is in use.' }));
    expect(tell(problem, 'en')).toMatchObject({ cause: 'It is in use.', original: '' });
    expect(tell(problem, 'zh')).toMatchObject({ cause: '对象当前的状态不允许此操作。', original: 'It is in use.' });
  });
});
