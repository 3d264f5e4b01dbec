// SPDX-License-Identifier: Apache-2.0
import { useEffect, useRef } from 'react';
import { BASE, hooks } from './api';
import { createStore, useStore } from './store';

export const TOPICS = ['health', 'operations', 'notices', 'metrics', 'bundles'] as const;
export type Topic = (typeof TOPICS)[number];

export interface LiveEvent {
  topic: Topic;
  key: string;
  state: Record<string, unknown>;
}

export type LiveState = 'off' | 'connecting' | 'open' | 'lost';

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 30_000;
/** A connection that comes back within this time is nothing to tell anybody about. */
const GRACE_MS = 4000;

const states = createStore<LiveState>('off');
const watchers = new Map<Topic, Set<(event: LiveEvent) => void>>();
let source: EventSource | undefined;
let retry: ReturnType<typeof setTimeout> | undefined;
let grace: ReturnType<typeof setTimeout> | undefined;
let wait = FIRST_WAIT_MS;

export const useLiveState = (): LiveState => useStore(states);

function deliver(topic: Topic, message: MessageEvent<string>): void {
  try {
    const told = JSON.parse(message.data) as { key?: string; state?: Record<string, unknown> };
    const event: LiveEvent = { topic, key: told.key ?? '', state: told.state ?? {} };
    watchers.get(topic)?.forEach((watcher) => watcher(event));
  } catch {
    // an event that cannot be read is skipped; the next state of the thing replaces it
  }
}

function open(): void {
  retry = undefined;
  if (states.get() === 'off') {
    states.set('connecting');
  }
  const next = new EventSource(`${BASE}system/events?topics=${TOPICS.join(',')}`);
  source = next;
  for (const topic of TOPICS) {
    next.addEventListener(topic, (message) => deliver(topic, message as MessageEvent<string>));
  }
  next.onopen = () => {
    wait = FIRST_WAIT_MS;
    clearTimeout(grace);
    grace = undefined;
    const again = states.get() === 'lost';
    states.set('open');
    if (again) {
      // What happened meanwhile is read anew by everything that watches.
      for (const topic of TOPICS) {
        watchers.get(topic)?.forEach((watcher) => watcher({ topic, key: '', state: {} }));
      }
    }
  };
  next.onerror = () => {
    grace ??= setTimeout(() => states.set('lost'), GRACE_MS);
    if (next.readyState === EventSource.CLOSED && source === next) {
      // Refused (session over, part being replaced, too many streams): the browser does not try again by itself.
      hooks.renew().catch(() => undefined);
      retry ??= setTimeout(open, wait * (0.75 + Math.random() / 2));
      wait = Math.min(wait * 2, LONGEST_WAIT_MS);
    }
  };
}

/** Opens the stream; {@return what closes it}. */
export function connectLive(): () => void {
  if (!source && !retry) {
    open();
  }
  return () => {
    source?.close();
    source = undefined;
    clearTimeout(retry);
    clearTimeout(grace);
    retry = undefined;
    grace = undefined;
    states.set('off');
  };
}

/** Tries now instead of after the wait. */
export function retryLive(): void {
  source?.close();
  clearTimeout(retry);
  retry = undefined;
  wait = FIRST_WAIT_MS;
  open();
}

export function watchLive(topic: Topic, watcher: (event: LiveEvent) => void): () => void {
  const known = watchers.get(topic) ?? new Set();
  watchers.set(topic, known.add(watcher));
  return () => known.delete(watcher);
}

/** Calls the latest `watcher` for every event of a topic while the component is shown. */
export function useLive(topic: Topic, watcher: (event: LiveEvent) => void): void {
  const latest = useRef(watcher);
  useEffect(() => {
    latest.current = watcher;
  });
  useEffect(() => watchLive(topic, (event) => latest.current(event)), [topic]);
}
