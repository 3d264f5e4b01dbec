// SPDX-License-Identifier: Apache-2.0

const DAY_MS = 86_400_000;

/** Lives that a token or key can be given, in days; 0: without an end. */
export const LIVES = [30, 90, 180, 365] as const;

export function expiryOf(days: number, now: number = Date.now()): string | undefined {
  return days > 0 ? new Date(now + days * DAY_MS).toISOString().replace(/\.\d+Z$/, 'Z') : undefined;
}
