import { asMember, auditBy } from '@legendops/kit/audit/audit';
import type { Actor } from '@legendops/kit/auth/actor';
import { serviceDatabase } from '@legendops/kit/db/tenant-database';
import { mortal, never, type Kill } from '@legendops/kit/testing/mortal';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { writeOnce } from '../service-desk/write-once.ts';
import { writeStore } from '../service-desk/write-store.ts';
import { connectionStore } from '../superops-connection/store.ts';
import { tenantSuperOps } from '../superops-connection/tenant-superops.ts';
import { productId } from '../testing/seat-builders.ts';
import { both, seatWorld, type SeatWorld } from '../testing/seat-world.ts';
import { seatPushService } from './service.ts';
import { seatPushStore } from './store.ts';

// A process that dies before or after any call of a sending, to PostgreSQL or to SuperOps, and another one after it.

let t: SeatWorld;
let customerId: string;
beforeAll(async () => {
  t = await seatWorld();
});
afterAll(() => t.world.close());

/** As if nothing had ever been sent: two changes of one contract, approved. */
const anew = async (): Promise<string> => {
  customerId = await t.anew();
  return t.approved();
};

const actor: Actor = {
  memberId: '0190a000-0000-7000-8000-000000000001',
  name: 'Ada',
  email: 'ada@example.test',
  role: 'tenant_admin',
} as Actor;

/** A sending of another process, which dies as it is told; how many calls it made. */
const sendMortally = async (id: string, kill: Kill): Promise<number> => {
  const { world } = t;
  const { wrap, calls } = mortal(kill);
  const real = serviceDatabase(world.database.pool('svc_portal'));
  const database = wrap(real);
  const writes = wrap(writeStore(real));
  const superOps = tenantSuperOps({
    store: connectionStore(real),
    vault: world.vault,
    api: { urls: world.superops.urls, limiter: async () => undefined, wait: async () => undefined },
  });
  const scope = { tenantId: world.tenantId };
  const service = seatPushService({
    database,
    store: wrap(seatPushStore(real)),
    writeOnce: (of, write) => writeOnce(of, writes, write),
    superOps: {
      ...superOps,
      useOf: (of, which, work) => superOps.useOf(of, which, (client, account) => work(wrap(client), account)),
    },
    links: { linked: async () => new Map([[customerId, t.clientId('Fabrikam')]]) },
    items: { linked: async () => new Map([[productId, { itemId: t.itemId(), itemName: 'Productivity Suite' }]]) },
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
  expect(t.changes()).toEqual(both);
  expect(points).toBeGreaterThan(15);
  const wrong: unknown[] = [];
  for (let at = 1; at <= points; at += 1)
    for (const when of ['before', 'after'] as const) {
      const id = await anew();
      await sendMortally(id, { at, when });
      // Whoever holds a write is dead: the time after which another may begin has come.
      await t.world.rows('update portal.superops_writes set held_until = now()');
      await t.act(id, 'sending');
      const { state, lines } = (await t.world.call('GET', `seat-pushes/${id}`)).body;
      const { length: written } = await t.written('contract.quantity-changed');
      if (state !== 'done' || lines.sent !== 2 || written !== 2 || t.changes().join() !== both.join())
        wrong.push({ at, when, state, lines, written, changes: t.changes() });
    }
  process.stdout.write(`${points * 2} deaths of a sending of two changes\n`);
  expect(JSON.stringify(wrong)).toBe('[]');
}, 120_000);
