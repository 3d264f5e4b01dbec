// SPDX-License-Identifier: Apache-2.0

/** Where all resources live. */
export const BASE = '/api/v1/';

const MAX_PATIENCE_SECONDS = 5;
const TRIES = 3;

/** A failure as the appliance tells it (problem+json), or one of the way there (`UNREACHABLE`). */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    readonly nextAction: string,
    readonly requestId: string,
    readonly retryable: boolean,
    readonly retryAfterSeconds: number,
  ) {
    super(detail || code);
    this.name = 'Problem';
  }
}

export interface Answer<T> {
  data: T;
  etag: string;
}

export type Query = Record<string, string | number | boolean | null | undefined>;

export interface Options {
  query?: Query;
  body?: unknown;
  /** Version on which an edit is based. */
  ifMatch?: string;
  /** Makes a repeated creation harmless; `idempotencyKey()` makes one for each form that is opened. */
  idempotencyKey?: string;
  signal?: AbortSignal;
}

/** What the client asks of the session: filled in by `session`, so that the two do not depend on each other. */
export const hooks = {
  csrf: (): string => '',
  /** The session is over. */
  expired: (): void => undefined,
  /** The csrf value is not the one of the session any more (signed in again in another tab); resolves when it is read. */
  renew: async (): Promise<void> => undefined,
};

export function idempotencyKey(): string {
  return crypto.randomUUID();
}

export function address(path: string, query: Query = {}): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') {
      params.set(key, String(value));
    }
  }
  const text = params.toString();
  return (path.startsWith('/') ? path : BASE + path) + (text ? `?${text}` : '');
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Reads a refusal whatever its form. */
export function problemOf(status: number, headers: { get(name: string): string | null }, body: string): Problem {
  let told: Record<string, unknown> = {};
  try {
    const parsed: unknown = JSON.parse(body);
    if (typeof parsed === 'object' && parsed !== null) {
      told = parsed as Record<string, unknown>;
    }
  } catch {
    // an answer that is no JSON: the status has to do
  }
  const wait = Number(headers.get('Retry-After') ?? '');
  return new Problem(
    status,
    text(told.code) || `HTTP_${status}`,
    text(told.detail) || text(told.title),
    text(told.nextAction),
    text(told.requestId) || (headers.get('X-Reqid') ?? ''),
    told.retryable === true || status === 503,
    Number.isFinite(wait) ? wait : 0,
  );
}

export function unreachable(): Problem {
  return new Problem(0, 'UNREACHABLE', '', '', '', true, 0);
}

export function isAbort(failure: unknown): boolean {
  return failure instanceof DOMException && failure.name === 'AbortError';
}

const later = (seconds: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, seconds * 1000);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(new DOMException('aborted', 'AbortError'));
    });
  });

async function send(method: string, path: string, options: Options): Promise<Response> {
  const headers = new Headers({ Accept: 'application/json, application/problem+json;q=0.9, */*;q=0.1' });
  if (method !== 'GET') {
    headers.set('X-Solera-Csrf', hooks.csrf());
  }
  if (options.ifMatch) {
    headers.set('If-Match', options.ifMatch);
  }
  if (options.idempotencyKey) {
    headers.set('Idempotency-Key', options.idempotencyKey);
  }
  let body: BodyInit | undefined;
  if (options.body instanceof Blob) {
    headers.set('Content-Type', 'application/octet-stream');
    body = options.body;
  } else if (options.body !== undefined) {
    headers.set('Content-Type', 'application/json');
    body = JSON.stringify(options.body);
  }
  try {
    return await fetch(address(path, options.query), {
      method,
      headers,
      body,
      signal: options.signal,
      credentials: 'same-origin',
      cache: 'no-store',
      redirect: 'error',
    });
  } catch (failure) {
    if (isAbort(failure)) {
      throw failure;
    }
    throw unreachable();
  }
}

/**
 * One request. Reads are repeated while the part that answers is being replaced; a change is repeated only when it was
 * refused for an outdated csrf value, that is, when it did nothing.
 */
export async function request<T>(method: string, path: string, options: Options = {}): Promise<Answer<T>> {
  for (let attempt = 1; ; attempt++) {
    const response = await send(method, path, options);
    const body = await response.text();
    if (response.ok) {
      const etag = response.headers.get('ETag') ?? '';
      const json = /\bjson\b/.test(response.headers.get('Content-Type') ?? '');
      return { data: (body === '' ? undefined : json ? JSON.parse(body) : body) as T, etag };
    }
    const problem = problemOf(response.status, response.headers, body);
    if (problem.code === 'CSRF' && attempt === 1) {
      await hooks.renew();
      continue;
    }
    if (method === 'GET' && problem.status === 503 && problem.code !== 'HTTP_503' && attempt < TRIES) {
      await later(Math.min(Math.max(problem.retryAfterSeconds, 1), MAX_PATIENCE_SECONDS), options.signal);
      continue;
    }
    if (problem.code === 'UNAUTHENTICATED' && path !== 'users/session') {
      hooks.expired();
    }
    throw problem;
  }
}

export const api = {
  get: async <T>(path: string, query?: Query, signal?: AbortSignal): Promise<T> =>
    (await request<T>('GET', path, { query, signal })).data,
  read: <T>(path: string, signal?: AbortSignal): Promise<Answer<T>> => request<T>('GET', path, { signal }),
  post: async <T = void>(path: string, body?: unknown, options: Options = {}): Promise<T> =>
    (await request<T>('POST', path, { ...options, body })).data,
  put: async <T = void>(path: string, body?: unknown, options: Options = {}): Promise<T> =>
    (await request<T>('PUT', path, { ...options, body })).data,
  remove: async <T = void>(path: string, options: Options = {}): Promise<T> =>
    (await request<T>('DELETE', path, options)).data,
};

/** Sends a file and tells how much of it is on the way. */
export function upload<T>(
  path: string,
  file: Blob,
  progress: (share: number) => void,
  signal?: AbortSignal,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const call = new XMLHttpRequest();
    call.open('POST', address(path));
    call.setRequestHeader('Content-Type', 'application/octet-stream');
    call.setRequestHeader('X-Solera-Csrf', hooks.csrf());
    call.upload.onprogress = (event) => progress(event.lengthComputable ? event.loaded / event.total : 0);
    call.onerror = () => reject(unreachable());
    call.onabort = () => reject(new DOMException('aborted', 'AbortError'));
    call.onload = () => {
      if (call.status >= 200 && call.status < 300) {
        resolve((call.responseText === '' ? undefined : JSON.parse(call.responseText)) as T);
        return;
      }
      const problem = problemOf(call.status, { get: (name) => call.getResponseHeader(name) }, call.responseText);
      if (problem.code === 'UNAUTHENTICATED') {
        hooks.expired();
      }
      reject(problem);
    };
    signal?.addEventListener('abort', () => call.abort());
    call.send(file);
  });
}

/** Turns whatever was thrown into a problem that can be shown. */
export function asProblem(failure: unknown): Problem {
  return failure instanceof Problem
    ? failure
    : new Problem(0, 'CONSOLE', failure instanceof Error ? failure.message : String(failure), '', '', false, 0);
}

/** A page of a list of the control plane. */
export interface Page<T> {
  items: T[];
  next?: string | null;
}

/** Reads a list to its end, at most `most` items: lists that people scroll through are bounded. */
export async function readAll<T>(path: string, query: Query, most: number, signal?: AbortSignal): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const page: Page<T> = await api.get<Page<T>>(path, { limit: 1000, ...query, cursor }, signal);
    items.push(...page.items);
    cursor = page.next ?? undefined;
  } while (cursor && items.length < most);
  return items;
}
