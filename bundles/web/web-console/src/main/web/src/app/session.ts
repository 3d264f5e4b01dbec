// SPDX-License-Identifier: Apache-2.0
import { api, hooks } from './api';
import { createStore, useStore } from './store';

export type Access = 'none' | 'read' | 'change';

export interface Provider {
  id: string;
  title: string;
  startPath: string;
}

/** Who is signed in, as `GET users/session` tells it. */
export interface Session {
  signedIn: boolean;
  name: string;
  displayName: string;
  source: string;
  grants: string[];
  permissions: Record<string, Access>;
  csrf: string;
  since: string;
  until: string;
  mustChangePassword: boolean;
  secondFactor: boolean;
  sessionId: string;
  providers: Provider[];
}

export type SessionState =
  | { kind: 'loading' }
  | { kind: 'unreachable' }
  | { kind: 'out'; providers: Provider[]; ended: boolean }
  | { kind: 'in'; session: Session };

const states = createStore<SessionState>({ kind: 'loading' });

export const useSessionState = (): SessionState => useStore(states);

/** {@return who is signed in}; only within the frame, which is shown to nobody else. */
export function useSession(): Session {
  const state = useStore(states);
  if (state.kind !== 'in') {
    throw new Error('Nobody is signed in.');
  }
  return state.session;
}

/** Whether the person may read, or change, in a domain. */
export function allows(session: Session, domain: string, wanted: 'read' | 'change'): boolean {
  const access = session.permissions[domain] ?? 'none';
  return access === 'change' || (wanted === 'read' && access === 'read');
}

export function useMay(domain: string): boolean {
  return allows(useSession(), domain, 'change');
}

export function isOwner(session: Session): boolean {
  return session.grants.includes('OWNER');
}

function take(session: Session): void {
  states.set(
    session.signedIn ? { kind: 'in', session } : { kind: 'out', providers: session.providers ?? [], ended: false },
  );
}

export async function loadSession(): Promise<void> {
  try {
    take(await api.get<Session>('users/session'));
  } catch {
    states.set({ kind: 'unreachable' });
  }
}

export async function signIn(name: string, password: string, code: string): Promise<void> {
  take(await api.post<Session>('users/session', { name, password, ...(code ? { code } : {}) }));
}

export async function signOut(): Promise<void> {
  try {
    await api.remove('users/session');
  } finally {
    await loadSession();
  }
}

async function end(): Promise<void> {
  if (states.get().kind !== 'in') {
    return;
  }
  states.set({ kind: 'out', providers: [], ended: true });
  try {
    const session = await api.get<Session>('users/session');
    if (states.get().kind === 'out') {
      states.set(
        session.signedIn ? { kind: 'in', session } : { kind: 'out', providers: session.providers ?? [], ended: true },
      );
    }
  } catch {
    // the sign-in page stands without the buttons of the providers
  }
}

hooks.csrf = () => {
  const state = states.get();
  return state.kind === 'in' ? state.session.csrf : '';
};
hooks.expired = () => void end();
hooks.renew = async () => {
  const session = await api.get<Session>('users/session');
  if (session.signedIn) {
    states.set({ kind: 'in', session });
  } else {
    await end();
  }
};
