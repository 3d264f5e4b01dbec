// SPDX-License-Identifier: Apache-2.0
import { useCallback, useEffect, useRef, useState } from 'react';
import { asProblem, isAbort, type Problem } from './api';
import { type Topic, watchLive } from './live';

export interface Loaded<T> {
  /** The newest state that could be read; stays while a later reading fails. */
  data: T | undefined;
  problem: Problem | undefined;
  loading: boolean;
  reload(): void;
}

export interface LoadOptions {
  /** Reads again after so many seconds, while the page is visible. */
  everySeconds?: number;
  /** Reads again, at most once a second, when something of these topics changed. */
  topics?: readonly Topic[];
  /** Nothing is read while false. */
  enabled?: boolean;
}

const CALM_MS = 1000;

/** Reads a state for a component: again when `key` changes, on events, in intervals; the last question is cancelled. */
export function useLoad<T>(
  key: string,
  load: (signal: AbortSignal) => Promise<T>,
  options: LoadOptions = {},
): Loaded<T> {
  const { everySeconds = 0, topics = [], enabled = true } = options;
  const [state, setState] = useState<{ key: string; data?: T; problem?: Problem; loading: boolean }>({
    key,
    loading: enabled,
  });
  const latest = useRef(load);
  const running = useRef<AbortController | undefined>(undefined);
  useEffect(() => {
    latest.current = load;
  });

  const reload = useCallback(() => {
    running.current?.abort();
    const control = new AbortController();
    running.current = control;
    setState((now) => (now.key === key ? { ...now, loading: true } : { key, loading: true }));
    latest.current(control.signal).then(
      (data) => {
        if (!control.signal.aborted) {
          setState({ key, data, loading: false });
        }
      },
      (failure: unknown) => {
        if (!control.signal.aborted && !isAbort(failure)) {
          setState((now) => ({ ...now, problem: asProblem(failure), loading: false }));
        }
      },
    );
  }, [key]);

  const topicList = topics.join(',');
  useEffect(() => {
    if (!enabled) {
      return undefined;
    }
    reload();
    let calm: ReturnType<typeof setTimeout> | undefined;
    const soon = () => {
      calm ??= setTimeout(() => {
        calm = undefined;
        reload();
      }, CALM_MS);
    };
    const ends = topicList
      .split(',')
      .filter(Boolean)
      .map((topic) => watchLive(topic as Topic, soon));
    const timer =
      everySeconds > 0
        ? setInterval(() => {
            if (document.visibilityState === 'visible') {
              reload();
            }
          }, everySeconds * 1000)
        : undefined;
    return () => {
      running.current?.abort();
      clearTimeout(calm);
      clearInterval(timer);
      ends.forEach((each) => each());
    };
  }, [reload, everySeconds, topicList, enabled]);

  const current = state.key === key;
  return {
    data: current ? state.data : undefined,
    problem: current ? state.problem : undefined,
    loading: current ? state.loading : enabled,
    reload,
  };
}
