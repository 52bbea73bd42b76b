import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '@legendops/kit/auth/actor';
import { platformDatabase } from '@legendops/kit/db/tenant-database';
import { tidyUp } from '@legendops/kit/jobs/housekeeping';
import { aTenant } from '@legendops/kit/testing/a-tenant';
import { authSuite } from '../testing/auth-suite.ts';
import { customerId } from '../testing/auth-world.ts';
import { mostOfATenant, mostToAnAddress } from './limits.ts';
import { mailingChore } from './store.ts';

const { world, run } = authSuite();
let zoe: Actor;
beforeEach(async () => {
  zoe = await world.actor();
});

const bob = 'bob@northwind.example';
const invite = (body: object = {}, actor = zoe) =>
  world.api.call('POST', '/api/auth/v1/invitations', {
    actor,
    body: { email: bob, name: 'Bob', role: 'billing_viewer', ...body },
    headers: { 'idempotency-key': randomUUID() },
  });
const change = async (id: string, state: string) => {
  const { rows } = await run('select version from auth.invitations where id = $1', [id]);
  return world.api.call('PATCH', `/api/auth/v1/invitations/${id}`, {
    actor: zoe,
    body: { state },
    headers: { 'if-match': `"v${rows[0].version}"` },
  });
};
const aDayLater = () => run("update auth.invitation_mailings set created_at = created_at - interval '24 hours'");
const open = {
  status: 409,
  code: 'invitation.open',
  detail: 'Press “Send again” on that one, or “Revoke” before you invite anew',
};
const tooMany = { status: 429, code: 'invitation.limit-reached' };

describe('an address', () => {
  it('has one open invitation of an organisation, however many ask at once and however it is written', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => invite({ email: n % 2 === 0 ? bob : bob.toUpperCase() })),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.find(({ status }) => status !== 201)?.body).toMatchObject(open);
    await world.mailing.mailDue();
    expect(world.mails).toHaveLength(1);
    const elsewhere = await world.actor({ tenantId: await aTenant(world.database.administrator) });
    expect((await invite({}, elsewhere)).status).toBe(201);
  });

  it('gets so many mails a day, be it by inviting or by sending again, and more the day after', async () => {
    for (let sent = 0; sent < mostToAnAddress; sent += 1) {
      const { status, body } = await invite();
      expect(status).toBe(201);
      expect((await change(body.id, 'revoked')).status).toBe(200);
    }
    const refused = await invite();
    expect(refused.body).toMatchObject(tooMany);
    const seconds = Number(refused.headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(86_000);
    expect(seconds).toBeLessThanOrEqual(86_400);
    expect((await invite({ email: 'ida@northwind.example' })).status).toBe(201);
    await aDayLater();
    const { body } = await invite();
    for (let sent = 1; sent < mostToAnAddress; sent += 1) expect((await change(body.id, 'pending')).status).toBe(200);
    expect((await change(body.id, 'pending')).body).toMatchObject(tooMany);
  });
});

describe('a mailbox', () => {
  it('has one allowance, whatever is written behind a plus', async () => {
    const spelt = ['bob+1@northwind.example', 'Bob+two@northwind.example', bob];
    expect(spelt).toHaveLength(mostToAnAddress);
    for (const email of spelt) expect((await invite({ email })).status).toBe(201);
    expect((await invite({ email: 'bob+4@northwind.example' })).body).toMatchObject(tooMany);
    expect((await invite({ email: 'bob.4@northwind.example' })).status).toBe(201);
  });
});

describe('an organisation', () => {
  it('sends so many mails a day to all addresses together, another one’s aside', async () => {
    const other = await aTenant(world.database.administrator);
    await run(
      `insert into auth.invitation_mailings (tenant_id, email)
       select t, 'p' || n || '@northwind.example' from generate_series(1, $3) n, unnest(array[$1, $2]::uuid[]) t`,
      [world.tenantId, other, mostOfATenant - 1],
    );
    expect((await invite()).status).toBe(201);
    expect((await invite({ email: 'ida@northwind.example' })).body).toMatchObject(tooMany);
    await aDayLater();
    expect((await invite({ email: 'ida@northwind.example' })).status).toBe(201);
  });

  it('keeps no list of whom it wrote to: a mailing is forgotten when it counts no more', async () => {
    await invite();
    const count = async () => (await run('select from auth.invitation_mailings')).rowCount;
    const tidy = () => tidyUp(platformDatabase(world.database.pool('svc_auth')), [mailingChore]);
    await tidy();
    expect(await count()).toBe(1);
    await aDayLater();
    await tidy();
    expect(await count()).toBe(0);
  });
});

describe('what an invitation says', () => {
  it.each([
    ['a name with a line break', { name: 'Bob\nhttps://evil.example' }, '/body/name'],
    ['a name with a link', { name: 'Pay at evil.example' }, '/body/name'],
    ['a name that runs the other way', { name: '\u202eboB' }, '/body/name'],
    ['a name that cannot be seen', { name: '\u200b' }, '/body/name'],
    ['no address', { email: 'Bob <bob@northwind.example>' }, '/body/email'],
  ])('is refused with %s', async (_title, wrong, pointer) => {
    expect((await invite(wrong)).body).toMatchObject({ code: 'request.invalid', errors: [{ pointer }] });
    expect((await run('select from auth.invitations')).rowCount).toBe(0);
  });

  it('is kept in one spelling', async () => {
    expect((await invite({ name: ' Jo\u0308rg ' })).body.name).toBe('Jörg');
  });

  const guest = { role: 'guest', customerId };
  const unknown = customerId.replace(/c$/, 'd');
  const notFound = { status: 404, code: 'customer.not-found' };

  it('invites a guest of a customer that the organisation has, by the whole of its id', async () => {
    expect((await invite({ ...guest, customerId: unknown })).body).toMatchObject(notFound);
    expect((await invite(guest)).status).toBe(201);
  });

  it('is as with a member who becomes a guest', async () => {
    const { memberId } = await world.actor();
    const become = (body: object) =>
      world.api.call('PATCH', `/api/auth/v1/members/${memberId}`, {
        actor: zoe,
        body,
        headers: { 'if-match': '"v1"' },
      });
    expect((await become({ ...guest, customerId: unknown })).body).toMatchObject(notFound);
    expect((await become(guest)).status).toBe(200);
  });
});
