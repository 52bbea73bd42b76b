import type { ActingScope } from '@legendops/kit/audit/audit';
import { created } from '@legendops/kit/audit/differences';
import type { Actor } from '@legendops/kit/auth/actor';
import { requireAllowed } from '@legendops/kit/auth/policy';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import { Problem, problem } from '@legendops/kit/errors/problem';
import type { ClientLinkService } from '../client-link/service.ts';
import type { SeatItemService } from '../seat-item/service.ts';
import type { WriteOnce } from '../service-desk/write-once.ts';
import type { TenantSuperOps } from '../superops-connection/tenant-superops.ts';
import type { SuperOpsAccount } from '../superops/superops-transport.ts';
import type { PlannedLine } from './comparison.ts';
import { contentHashOf, type SentContent } from './content-hash.ts';
import type { NewSeatPush, SeatPush, SeatPushApproval, SeatPushDetail, SeatPushRejection } from './contract.ts';
import { laterMonths } from './later-months.ts';
import type { Pax8SeatsOf } from './pax8-seats.ts';
import { planOf } from './plan.ts';
import { refusesApproval, refusesPreparing, refusesRejection, refusesSending } from './policy.ts';
import { presentDetail, presentPush } from './presenter.ts';
import { changeOf, sendLine, type Change } from './send-line.ts';
import type { PushRow, SeatPushStore } from './store.ts';

export interface SeatPushService {
  newest(scope: Scope): Promise<SeatPush[]>;
  /** Throws seat-push.not-found. */
  get(scope: Scope, actor: Actor, id: string): Promise<SeatPushDetail>;
  /** Sets a month against contracts, as a draft. Nothing is written in SuperOps. */
  prepare(scope: ActingScope<'seat-push.prepared'>, actor: Actor, push: NewSeatPush): Promise<SeatPushDetail>;
  /** One person's approval of what they have seen. Throws seat-push.changed where that is something else by now. */
  approve(
    scope: ActingScope<'seat-push.approved'>,
    actor: Actor,
    id: string,
    approval: SeatPushApproval,
  ): Promise<SeatPushDetail>;
  reject(
    scope: ActingScope<'seat-push.rejected'>,
    actor: Actor,
    id: string,
    rejection: SeatPushRejection,
  ): Promise<SeatPushDetail>;
  /** Sends what waits, as much as there is time for; what is left is sent by the next call. */
  send(scope: ActingScope<'contract.quantity-changed'>, actor: Actor, id: string): Promise<SeatPushDetail>;
}

// Somebody waits for the answer: what is left is sent by the next call.
const sendForMs = 15_000;

const sentOf = (lines: readonly PlannedLine[]): SentContent[] =>
  lines.flatMap(({ reason, contract, effectiveOn, beforeE6, quantityE6 }) =>
    reason !== null || contract === null || beforeE6 === null
      ? []
      : [{ contractId: contract.contractId, effectiveOn, beforeE6, quantityE6 }],
  );

const subjectOf = ({ id, period }: Pick<PushRow, 'id' | 'period'>) => ({
  type: 'seat-push',
  id,
  name: `Seats of ${period.slice(0, 7)}`,
});

/** What was compared with one account is nothing of another. */
const asOther =
  ({ subdomain }: SuperOpsAccount) =>
  (error: unknown): never => {
    if (!(error instanceof Problem) || error.code !== 'account.changed') throw error;
    throw problem('seat-push.wrong-state', {
      detail: `It is of the account ${subdomain}, which is not connected any more: press “Reject”`,
    });
  };

/** A list with a record that could not be read does not say who is gone: whoever is linked may be there. */
const thereOf = (listed: readonly string[], unreadable: number, linked: Iterable<string>): Set<string> =>
  new Set(unreadable > 0 ? [...listed, ...linked] : listed);

export const seatPushService = ({
  database,
  store,
  writeOnce,
  superOps,
  links,
  items,
  seatsOf,
  now,
}: {
  database: TenantDatabase;
  store: SeatPushStore;
  writeOnce: WriteOnce;
  superOps: TenantSuperOps;
  links: Pick<ClientLinkService, 'linked'>;
  items: Pick<SeatItemService, 'linked'>;
  seatsOf: Pax8SeatsOf;
  now: () => Date;
}): SeatPushService => {
  const found = async (scope: Scope, id: string) => {
    const push = await store.find(scope, id);
    if (!push) throw problem('seat-push.not-found');
    return push;
  };
  const get = async (scope: Scope, actor: Actor, id: string) => presentDetail(await found(scope, id), actor);

  return {
    newest: async (scope) => (await store.newest(scope)).map(presentPush),
    get,
    prepare: async (scope, actor, { period }) => {
      const begun = now();
      const seats = await seatsOf(scope.tenantId, { month: period });
      if (seats.readAt === null)
        throw problem('seat-push.too-early', {
          detail: 'Pax8 has not been read yet: come again after the first night',
        });
      if (seats.until <= period) throw problem('seat-push.too-early', { detail: 'This month has not begun yet' });
      const later = await laterMonths(seatsOf, scope.tenantId, { period, until: seats.until });
      const { account, ...there } = await superOps.use(scope, async (client, of) => ({
        account: of,
        clients: await client.clients(),
        items: await client.catalogItems(),
        contracts: await client.contracts(),
      }));
      const [clients, linkedItems] = [await links.linked(scope, account), await items.linked(scope, account)];
      const { lines, ...counts } = planOf({
        seats,
        later,
        period,
        given: await store.given(scope, account),
        clients,
        clientsThere: thereOf(
          there.clients.rows.map(({ accountId }) => accountId),
          there.clients.unreadable,
          clients.values(),
        ),
        items: linkedItems,
        itemsThere: thereOf(
          there.items.rows.map(({ itemId }) => itemId),
          there.items.unreadable,
          [...linkedItems.values()].map(({ itemId }) => itemId),
        ),
        contracts: there.contracts.rows,
        unreadableContracts: there.contracts.unreadable,
      });
      const id = await store.prepare(
        scope,
        {
          account,
          lines,
          period,
          content_hash: contentHashOf(sentOf(lines)),
          prepared_at: begun.toISOString(),
          prepared_by: actor.name,
          seats_read_at: seats.readAt,
          unreadable_seats: seats.unreadable,
          unreadable_contracts: there.contracts.unreadable,
          matching: counts.matching,
          not_clients: counts.notClients,
        },
        (open) => requireAllowed(refusesPreparing(open)),
        (transaction, pushId) =>
          scope.audit(transaction, {
            act: 'seat-push.prepared',
            subject: subjectOf({ id: pushId, period }),
            changes: created({ changes: sentOf(lines).length }),
          }),
      );
      return get(scope, actor, id);
    },
    approve: async (scope, actor, id, { contentHash }) => {
      await database.write(scope, async (transaction) => {
        const push = await store.locked(transaction, id);
        requireAllowed(refusesApproval(push));
        const waiting = (await store.linesOf(transaction, id)).flatMap((line) => changeOf(line) ?? []);
        if (push.content_hash !== contentHash || contentHashOf(waiting) !== contentHash)
          throw problem('seat-push.changed', { detail: 'Look at its changes again, then press “Approve”' });
        await store.decide(transaction, id, { state: 'approved', at: now(), by: actor.name, reason: null });
        await scope.audit(transaction, {
          act: 'seat-push.approved',
          subject: subjectOf(push),
          changes: [{ field: 'state', before: push.state, after: 'approved' }, ...created({ changes: waiting.length })],
        });
      });
      return get(scope, actor, id);
    },
    reject: async (scope, actor, id, { reason }) => {
      await database.write(scope, async (transaction) => {
        const push = await store.locked(transaction, id);
        requireAllowed(refusesRejection(push));
        await store.refuseRest(transaction, id, now());
        await store.decide(transaction, id, { state: 'rejected', at: now(), by: actor.name, reason });
        await scope.audit(transaction, {
          act: 'seat-push.rejected',
          subject: subjectOf(push),
          changes: [{ field: 'state', before: push.state, after: 'rejected' }, ...created({ reason })],
        });
      });
      return get(scope, actor, id);
    },
    send: async (scope, actor, id) => {
      const { push, lines } = await found(scope, id);
      requireAllowed(refusesSending(push));
      const account = { region: push.region, subdomain: push.subdomain };
      const [clients, linkedItems] = [await links.linked(scope, account), await items.linked(scope, account)];
      const itemsMeant = new Set([...linkedItems.values()].map(({ itemId }) => itemId));
      const isMeant = ({ customerId, clientId, itemId }: Change): boolean =>
        clients.get(customerId) === clientId && itemsMeant.has(itemId);
      const until = now().getTime() + sendForMs;
      for (const change of lines.flatMap((line) => changeOf(line) ?? [])) {
        if (now().getTime() >= until) break;
        // Somebody may have rejected what is left.
        requireAllowed(refusesSending(await database.write(scope, (transaction) => store.locked(transaction, id))));
        await sendLine(scope, { database, superOps, writeOnce, store, now, isMeant }, { account, ...change }).catch(
          asOther(account),
        );
      }
      await store.finish(scope, id);
      return get(scope, actor, id);
    },
  };
};
