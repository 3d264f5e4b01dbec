// SPDX-License-Identifier: Apache-2.0

/** Shapes of the resources below `users`. */
export interface User {
  name: string;
  displayName: string;
  email: string;
  source: string;
  enabled: boolean;
  groups: string[];
  grants: string[];
  secondFactor: boolean;
  mustChangePassword: boolean;
  createdAt: string;
  lastSignInAt: string | null;
  version: number;
}

export interface Group {
  name: string;
  description: string;
  grants: string[];
  external: string[];
  members: number;
  version: number;
}

export interface SessionRow {
  id: string;
  origin: string;
  agent: string;
  since: string;
  until: string;
  current: boolean;
}

export interface TokenRow {
  id: string;
  title: string;
  grants: string[];
  readOnly: boolean;
  createdAt: string;
  expiresAt: string;
  lastUsedAt: string | null;
}

export interface KeyRow {
  id: string;
  title: string;
  grants: string[];
  enabled: boolean;
  createdAt: string;
  expiresAt: string | null;
}

export const NAME_RULE = /^[a-z0-9._@-]{1,64}$/;
export const GROUP_RULE = /^[a-z0-9._-]{1,64}$/;
export const LEAST_PASSWORD = 12;

export const personPath = (name: string): string => `users/people/${encodeURIComponent(name)}`;
export const groupPath = (name: string): string => `users/groups/${encodeURIComponent(name)}`;

/** The version of a row as the entity tag that an edit names. */
export const tagOf = (row: { version: number }): string => `"${row.version}"`;

/** A password that nobody has to think of: 20 letters and digits, about 119 bits. */
export function randomPassword(): string {
  const letters = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789-_+=%@#!';
  const bytes = crypto.getRandomValues(new Uint8Array(20));
  return [...bytes].map((byte) => letters[byte % letters.length]).join('');
}

/** A short name of the browser in a user agent. */
export function browserOf(agent: string): string {
  const found = /(Edg|OPR|Chrome|Firefox|Version)\/(\d+)/.exec(agent);
  const names: Record<string, string> = { Edg: 'Edge', OPR: 'Opera', Version: 'Safari' };
  const system = /(Windows|Mac OS X|Android|iPhone|iPad|Linux)/.exec(agent)?.[1]?.replace('Mac OS X', 'macOS') ?? '';
  return found ? `${names[found[1] ?? ''] ?? found[1]} ${found[2]}${system ? `, ${system}` : ''}` : agent.slice(0, 60);
}
