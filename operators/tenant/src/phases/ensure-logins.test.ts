import { expect, test } from 'vitest';
import { aTenant } from '../testing/a-tenant.ts';
import type { LoginState, Logins, SeenServer } from '../postgres/logins.ts';
import { ensureLogins } from './ensure-logins.ts';
import { retireOther, type CredentialScope } from './rotation.ts';

const tenantId = '01980000-0000-7000-8000-000000000001';
const state = (more: Partial<LoginState> = {}): LoginState => ({
  exists: true,
  canLogin: false,
  isClosing: false,
  differences: { repairs: [], excess: [] },
  administrator: 'provisioner_00',
  ...more,
});

/** A server that has both logins, or none; what was done to it. */
const aServer = (a: Partial<LoginState>, b: Partial<LoginState> = {}) => {
  const done: string[] = [];
  let states = { a: state(a), b: state(b) };
  const unwanted = (): never => {
    throw new Error('Not wanted');
  };
  const logins: Logins = {
    observe: async () => states,
    createBoth: async () => {
      done.push('created');
      states = { a: state(), b: state() };
      return states;
    },
    repair: unwanted,
    enable: unwanted,
    opens: unwanted,
    dropBoth: unwanted,
    disable: async (_tenant, slot) => void done.push(`closed ${slot}`),
  };
  return { logins, done, seen: (): SeenServer => ({ logins, states }) };
};

const scopeOf = (...servers: { logins: Logins }[]): CredentialScope =>
  ({
    tenant: aTenant(),
    registration: { tenantId, isNew: false },
    namespace: { isNew: false },
    logins: servers.map(({ logins }) => logins),
  }) as unknown as CredentialScope;

test('a server that has no logins yet gets its own, and one that has is left alone', async () => {
  const [first, second] = [aServer({}), aServer({ exists: false }, { exists: false })];
  const seen = await ensureLogins(scopeOf(first, second));
  expect(seen.map(({ states }) => states.a.exists)).toEqual([true, true]);
  expect([first.done, second.done]).toEqual([[], ['created']]);
});

test('the login of before is closed wherever it is open, and only after the grace', async () => {
  const [first, second, third] = [aServer({}), aServer({ canLogin: true }), aServer({ canLogin: true })];
  const since = new Date('2026-01-01T00:00:00Z');
  const credential = {
    slot: 'b',
    state: 'current',
    password: 'p',
    version: 'v',
    createdAt: since,
    currentSince: since,
    rotate: '',
    owner: undefined,
  } as const;
  const servers = [first, second, third].map((server) => server.seen());
  const at = (now: string) => retireOther(scopeOf(first, second, third), { credential, servers, now: new Date(now) });
  expect(await at('2026-01-01T00:59:00Z')).toBe(60_000);
  expect([first.done, second.done, third.done]).toEqual([[], [], []]);
  expect(await at('2026-01-01T01:00:00Z')).toBeUndefined();
  expect([first.done, second.done, third.done]).toEqual([[], ['closed a'], ['closed a']]);
});
