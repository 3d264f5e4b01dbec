// SPDX-License-Identifier: Apache-2.0
import { api, asProblem } from './api';

const KEY = 'solera.reloaded';
const PAUSE_MS = 20_000;

/**
 * A part of the console that the appliance does not have any more: it was replaced since this page was loaded. Loading the
 * page anew fetches the new version; at most once in a while, so that a real defect does not reload for ever.
 */
export function reloadOnMissingChunks(): void {
  window.addEventListener('vite:preloadError', () => {
    void answers().then((there) => there && reloadOnce());
  });
}

/** Whether a failure is that of a part that could not be fetched. */
export function isMissingChunk(failure: unknown): boolean {
  return failure instanceof Error && /import|module|preload/i.test(failure.message);
}

/** Whether the appliance answers; loading the page anew while it does not would show the browser's own error page. */
export async function answers(): Promise<boolean> {
  try {
    await api.get('users/session');
    return true;
  } catch (failure) {
    return asProblem(failure).code !== 'UNREACHABLE';
  }
}

export function reloadOnce(now: number = Date.now()): boolean {
  try {
    const last = Number(window.sessionStorage.getItem(KEY) ?? 0);
    if (now - last < PAUSE_MS) {
      return false;
    }
    window.sessionStorage.setItem(KEY, String(now));
  } catch {
    return false; // without storage there is no telling whether this is a loop
  }
  window.location.reload();
  return true;
}
