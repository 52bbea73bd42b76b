import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Actor } from '@legendops/kit/auth/actor';
import { platformDatabase, serviceDatabase } from '@legendops/kit/db/tenant-database';
import { actingAs, asMember } from '@legendops/kit/audit/audit';
import { sessionStore } from '../session/store.ts';
import { memberSubject } from './audited-member.ts';
import { authWorld, invitePerson, type AuthWorld } from '../testing/auth-world.ts';

let world: AuthWorld;
let ada: Actor;
beforeAll(async () => {
  world = await authWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.begin();
  ada = await world.actor();
  await world.actor();
});

const run = (text: string, values: unknown[] = []) => world.database.administrator.query(text, values);
const somebodyWaits = () =>
  vi.waitFor(
    async () => {
      const waiting = await run("select from pg_locks where locktype = 'advisory' and not granted");
      expect(waiting.rowCount).toBe(1);
    },
    { timeout: 10_000 },
  );
const patch = (path: string, body: object, version: number) =>
  world.api.call('PATCH', `/api/auth/v1/${path}`, {
    actor: ada,
    body,
    headers: { 'if-match': `"v${version}"` },
  });
const invite = () =>
  world.api.call('POST', '/api/auth/v1/invitations', {
    actor: ada,
    body: { email: 'mallory@northwind.example', name: 'Mallory', role: 'tenant_admin' },
    headers: { 'idempotency-key': randomUUID() },
  });

const acts: [string, () => ReturnType<typeof patch>][] = [
  // Version 2 is the row as it will be when the change has been made.
  ['restores the own role', () => patch(`members/${ada.memberId}`, { state: 'active', role: 'tenant_admin' }, 2)],
  ['invites an administrator', invite],
  [
    'mails an invitation again',
    async () => {
      const { rows } = await run('select id from auth.invitations');
      return patch(`invitations/${rows[0].id}`, { state: 'pending' }, 1);
    },
  ],
];

describe.each([
  ['put out', "update auth.members set state = 'disabled' where id = $1"],
  ['given a smaller role', "update auth.members set role = 'billing_viewer' where id = $1"],
])('an administrator who is being %s', (_title, change) => {
  it.each(acts)('%s in vain, although the request was let in before', async (_act, act) => {
    await invitePerson(world, { email: 'bob@northwind.example' });
    const lock = `select pg_advisory_xact_lock(hashtextextended('legendops:members:${world.tenantId}', 0))`;
    const other = await world.otherTransaction();
    await other.query(lock);
    await other.query(change, [ada.memberId]);
    const answer = act();
    await somebodyWaits();
    await other.end();
    expect((await answer).body.code).toBe('token.invalid');
    const mine = await run('select role, state from auth.members where id = $1', [ada.memberId]);
    expect(mine.rows[0]).not.toEqual({ role: 'tenant_admin', state: 'active' });
    const invited = await run('select email, mailing from auth.invitations');
    expect(invited.rows).toEqual([{ email: 'bob@northwind.example', mailing: 1 }]);
  });
});

it('a person is not let in with rights that are being taken: the session waits, and is refused', async () => {
  const other = await world.otherTransaction();
  await other.query('select app.set_directories($1, $2)', [world.tenantId, []]);
  const pool = world.database.pool('svc_auth');
  const sessions = sessionStore(serviceDatabase(pool), platformDatabase(pool));
  const started = sessions.insert(actingAs({ tenantId: world.tenantId, author: asMember(ada) }), {
    member: memberSubject({ id: ada.memberId, name: ada.name }),
    tokenHash: Buffer.from('x'),
    expiresAt: new Date(Date.now() + 60_000),
  });
  started.catch(() => undefined);
  await somebodyWaits();
  await other.end();
  await expect(started).rejects.toMatchObject({ code: 'permission.denied' });
});
