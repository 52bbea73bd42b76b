import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '@legendops/kit/auth/actor';
import { auditedIn, auditedRoutes } from '@legendops/kit/testing/audited-routes';
import { authApp } from './app.ts';
import {
  authWorld,
  invitationSecret,
  northwind,
  publicUrl,
  type AuthWorld,
  type Browser,
} from './testing/auth-world.ts';

let world: AuthWorld;
let zoe: Actor;
let ada: Browser;
beforeAll(async () => {
  world = await authWorld();
  await world.begin();
  zoe = await world.actor();
  ada = world.browser();
});
afterAll(() => world.close());

const { routes, internalRoutes } = authApp({ cookieKey: Buffer.alloc(32), publicUrl, key: { jwk: {} } } as never);
const run = (text: string, values: unknown[] = []) => world.database.administrator.query(text, values);
const written = () => auditedIn(world.database.administrator);
const invite = (email: string) =>
  world.api.call('POST', '/api/auth/v1/invitations', {
    actor: zoe,
    body: { email, name: 'Bob', role: 'billing_viewer' },
    headers: { 'idempotency-key': randomUUID() },
  });
const changeInvitation = async (email: string, state: string) => {
  const { rows } = await run('select id, version from auth.invitations where email = $1', [email]);
  return world.api.call('PATCH', `/api/auth/v1/invitations/${rows[0].id}`, {
    actor: zoe,
    body: { state },
    headers: { 'if-match': `"v${rows[0].version}"` },
  });
};
const join = async () => {
  const secret = await invitationSecret(world, { email: 'ada@northwind.example' });
  return world.signIn(ada, { email: 'ada@northwind.example', invitation: secret });
};

describe('auth writes down', () => {
  auditedRoutes(
    [...routes, ...internalRoutes],
    {
      'get /v1/callback: member.joined': join,
      'get /v1/callback: session.started': () => world.signIn(world.browser(), { email: 'ada@northwind.example' }),
      'get /v1/callback: session.ended': () => world.signIn(ada, { email: 'ada@northwind.example' }),
      'post /v1/sign-out: session.ended': () => ada.post('/api/auth/v1/sign-out', { origin: publicUrl }),
      'patch /v1/members/{memberId}: member.changed': async () => {
        const { rows } = await run("select id, version from auth.members where email = 'ada@northwind.example'");
        await world.api.call('PATCH', `/api/auth/v1/members/${rows[0].id}`, {
          actor: zoe,
          body: { role: 'support_user' },
          headers: { 'if-match': `"v${rows[0].version}"` },
        });
      },
      'post /v1/invitations: invitation.created': () => invite('bob@northwind.example'),
      'patch /v1/invitations/{invitationId}: invitation.mailed-again': () =>
        changeInvitation('bob@northwind.example', 'pending'),
      'patch /v1/invitations/{invitationId}: invitation.revoked': () =>
        changeInvitation('bob@northwind.example', 'revoked'),
    },
    () => ({ administrator: world.database.administrator, tenantId: world.tenantId }),
  );

  it('a person as they were called, with what became of them', async () => {
    const changed = (await written()).find(({ act }) => act === 'member.changed');
    expect(changed).toMatchObject({
      author: { kind: 'member', id: zoe.memberId, name: 'Zoe', email: 'zoe@northwind.example' },
      subject: { type: 'member', name: 'Ada' },
      changes: [{ field: 'role', before: 'tenant_admin', after: 'support_user' }],
    });
  });

  it('what the operator’s functions do: a directory, the first administrator', async () => {
    const before = (await written()).length;
    const contoso = randomUUID();
    await run('select app.set_directories($1, $2)', [world.tenantId, [northwind, contoso]]);
    await run('select app.set_directories($1, $2)', [world.tenantId, [northwind]]);
    await run('select app.set_directories($1, $2)', [world.tenantId, [northwind]]);
    const first = JSON.stringify([{ email: 'eve@northwind.example', name: 'Eve' }]);
    for (const _again of [1, 2]) await run('select app.invite_admins($1, $2)', [world.tenantId, first]);
    const entries = (await written()).slice(before);
    expect(entries.map(({ act, subject }) => [act, subject.name])).toEqual([
      ['directory.added', contoso],
      ['directory.removed', contoso],
      ['invitation.created', 'Eve'],
    ]);
    expect(entries.every(({ author }) => author.kind === 'operator')).toBe(true);
  });

  it('nothing of a sign-in that was refused', async () => {
    const before = await written();
    expect(await world.signIn(world.browser(), { email: 'carl@contoso.example' })).toContain('problem=');
    expect(await written()).toEqual(before);
  });
});
