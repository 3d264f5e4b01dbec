// SPDX-License-Identifier: Apache-2.0
import { type AnchorHTMLAttributes, type MouseEvent, type ReactNode, useCallback } from 'react';
import { createStore, useStore } from './store';

/** Where the console is: path and query as the address bar shows them. */
export interface Place {
  path: string;
  query: URLSearchParams;
}

function here(): Place {
  return { path: window.location.pathname, query: new URLSearchParams(window.location.search) };
}

const places = createStore<Place>(here());
window.addEventListener('popstate', () => places.set(here()));

export const usePlace = (): Place => useStore(places);

export function navigate(to: string, options: { replace?: boolean } = {}): void {
  if (to === window.location.pathname + window.location.search) {
    return;
  }
  if (options.replace) {
    window.history.replaceState(null, '', to);
  } else {
    window.history.pushState(null, '', to);
    window.scrollTo(0, 0);
  }
  places.set(here());
}

interface LinkProps extends AnchorHTMLAttributes<HTMLAnchorElement> {
  to: string;
  children: ReactNode;
}

/** A link within the console; opens a new tab where the person asks for one. */
export function Link({ to, children, onClick, ...rest }: LinkProps) {
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) {
      return;
    }
    event.preventDefault();
    navigate(to);
  };
  return (
    <a href={to} onClick={follow} {...rest}>
      {children}
    </a>
  );
}

/** Matches `/storage/buckets/:bucket` against a path; undefined if it does not fit. */
export function matchPath(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = pattern.split('/').filter(Boolean);
  const given = path.split('/').filter(Boolean);
  if (wanted.length !== given.length) {
    return undefined;
  }
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const actual = given[index] ?? '';
    if (part.startsWith(':')) {
      try {
        params[part.slice(1)] = decodeURIComponent(actual);
      } catch {
        return undefined;
      }
    } else if (part !== actual) {
      return undefined;
    }
  }
  return params;
}

/** A value that lives in the query of the address, so that a view can be shared and survives a reload. */
export function useQuery(key: string, otherwise = ''): [string, (next: string) => void] {
  const place = usePlace();
  const set = useCallback(
    (next: string) => {
      const query = new URLSearchParams(window.location.search);
      if (next === otherwise || next === '') {
        query.delete(key);
      } else {
        query.set(key, next);
      }
      const text = query.toString();
      navigate(window.location.pathname + (text ? `?${text}` : ''), { replace: true });
    },
    [key, otherwise],
  );
  return [place.query.get(key) ?? otherwise, set];
}
