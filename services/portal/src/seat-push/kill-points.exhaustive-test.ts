import { asMember, auditBy } from '@legendops/kit/audit/audit';
import type { Actor } from '@legendops/kit/auth/actor';
import { serviceDatabase } from '@legendops/kit/db/tenant-database';
import { auditedIn } from '@legendops/kit/testing/audited-routes';
import { mortal, never, type Kill } from '@legendops/kit/testing/mortal';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sampleAccount } from '../../../../scripts/doubles/superops/sample-account.ts';
import { writeStore } from '../service-desk/write-store.ts';
import { connectionStore } from '../superops-connection/store.ts';
import { tenantSuperOps } from '../superops-connection/tenant-superops.ts';
import { productId, seatsOf } from '../testing/seat-builders.ts';
import { superOpsWorld, type SuperOpsWorld } from '../testing/superops-world.ts';
import { seatPushService } from './service.ts';
import { seatPushStore } from './store.ts';

// A process that dies before or after any call of a sending, to PostgreSQL or to SuperOps, and another one after it.

const sample = { subdomain: 'northwind', clients: [{ name: 'Fabrikam', seats: { 'Productivity Suite': 38 } }] };

let world: SuperOpsWorld;
beforeAll(async () => {
  world = await superOpsWorld(sample);
});
afterAll(() => world.close());

const account = () => {
  const found = world.superops.account('northwind');
  if (!found) throw new Error('There is no account');
  return found;
};
const changes = (): string[] => {
  const { billableContract } = account().contracts[0]?.contract as {
    billableContract: { changes: { effectiveDate: string; quantity: string }[] };
  };
  return billableContract.changes.map(({ effectiveDate, quantity }) => `${effectiveDate} ${quantity}`);
};

/** As if nothing had ever been sent: two changes of one contract, approved. */
const anew = async (): Promise<string> => {
  world.superops.putAccount(sampleAccount(sample));
  await world.rows(`truncate portal.superops_clients, portal.superops_items, portal.superops_writes, portal.superops_connections,
    portal.seat_push_lines, portal.seat_pushes, portal.exception_tickets, portal.customers, app.outbox`);
  await world.connect();
  const customerId = await world.customer('Fabrikam');
  await world.call('PUT', `client-links/${String(account().clients[0]?.accountId)}`, { body: { customerId } });
  const data = [seatsOf({ customerId })];
  world.pax8.seats = { readAt: '2026-11-24T04:00:00Z', until: '2026-11-25', unreadable: 0, data };
  await world.call('PUT', `seat-items/${productId}`, { body: { itemId: String(account().catalogItems[0]?.itemId) } });
  const { id, contentHash } = (await world.call('POST', 'seat-pushes', { body: { period: '2026-11-01' } })).body;
  await world.call('POST', `seat-pushes/${id}/approval`, { body: { contentHash } });
  return id;
};

const actor: Actor = {
  memberId: '0190a000-0000-7000-8000-000000000001',
  name: 'Ada',
  email: 'ada@example.test',
  role: 'tenant_admin',
} as Actor;

/** A sending of another process, which dies as it is told; how many calls it made. */
const sendMortally = async (id: string, kill: Kill): Promise<number> => {
  const { wrap, calls } = mortal(kill);
  const real = serviceDatabase(world.database.pool('svc_portal'));
  const database = wrap(real);
  const superOps = tenantSuperOps({
    store: connectionStore(real),
    vault: world.vault,
    api: { urls: world.superops.urls, limiter: async () => undefined, wait: async () => undefined },
  });
  const scope = { tenantId: world.tenantId };
  const service = seatPushService({
    database,
    store: wrap(seatPushStore(real)),
    writes: wrap(writeStore(real)),
    superOps: { ...superOps, use: (of, work) => superOps.use(of, (client) => work(wrap(client))) },
    links: { linked: async () => new Map() },
    items: { linked: async () => new Map() },
    seatsOf: async () => world.pax8.seats,
    now: () => world.clock.at,
  });
  await service
    .send({ ...scope, audit: auditBy({ ...scope, author: asMember(actor) }) }, actor, id)
    .catch(() => undefined);
  return calls();
};

it('each change is in its contract once, and written down once, wherever the process before died', async () => {
  const points = await sendMortally(await anew(), never);
  const both = ['2026-01-01 38', '2026-11-01 40', '2026-11-12 45'];
  expect(changes()).toEqual(both);
  expect(points).toBeGreaterThan(15);
  const wrong: unknown[] = [];
  for (let at = 1; at <= points; at += 1)
    for (const when of ['before', 'after'] as const) {
      const id = await anew();
      await sendMortally(id, { at, when });
      // Whoever holds a write is dead: the time after which another may begin has come.
      await world.rows('update portal.superops_writes set held_until = now()');
      await world.call('POST', `seat-pushes/${id}/sending`);
      const { state, lines } = (await world.call('GET', `seat-pushes/${id}`)).body;
      const written = (await auditedIn(world.database.administrator)).filter(
        ({ act }) => act === 'contract.quantity-changed',
      );
      if (state !== 'done' || lines.sent !== 2 || written.length !== 2 || changes().join() !== both.join())
        wrong.push({ at, when, state, lines, written: written.length, changes: changes() });
    }
  process.stdout.write(`${points * 2} deaths of a sending of two changes\n`);
  expect(JSON.stringify(wrong)).toBe('[]');
}, 120_000);
