import { createHash, randomBytes } from 'node:crypto';
import type { ActingScope } from '@legendops/kit/audit/audit';
import type { Actor } from '@legendops/kit/auth/actor';
import { presentVerdict, refusedToRole } from '@legendops/kit/auth/policy';
import type { Permission } from '@legendops/kit/contract/permissions';
import type { Scope } from '@legendops/kit/db/tenant-database';
import { problem } from '@legendops/kit/errors/problem';
import type { Pax8Tokens } from '../pax8/tenant-tokens.ts';
import type { Pax8Webhook } from './contract.ts';
import { hintedSubscriptions } from './hinted-subscriptions.ts';
import type { Pax8WebhookStore, WebhookRow } from './store.ts';
import { webhookApi, type WebhookApi } from './webhook-api.ts';

export const permissionTo = { read: 'connection.read', turn: 'connection.write' } as const satisfies Record<
  string,
  Permission
>;

export interface Pax8WebhookService {
  get(scope: Scope, actor: Actor): Promise<Pax8Webhook>;
  /** Makes a webhook at Pax8 that tells of every change of a subscription. Throws connection.missing. */
  turnOn(scope: ActingScope<'pax8-webhook.turned-on'>, actor: Actor): Promise<Pax8Webhook>;
  /** Nothing where it is off. */
  turnOff(scope: ActingScope<'pax8-webhook.turned-off'>): Promise<void>;
  /** Keeps what an event hints at. Throws token.invalid for what does not come with what Pax8 was given. */
  take(scope: Scope, id: string, sent: { authorization: string | undefined; delivery: unknown }): Promise<void>;
}

const secretBytes = 32;
const hashOf = (authorization: string): Buffer => createHash('sha256').update(authorization).digest();

const present = (row: WebhookRow | undefined, actor: Actor): Pax8Webhook => {
  const may = presentVerdict(refusedToRole(actor, permissionTo.turn));
  return {
    isOn: row?.remote_id != null,
    turnedOnAt: row?.turned_on_at ?? null,
    lastEventAt: row?.last_event_at ?? null,
    acts: { turnOn: may, turnOff: may },
  };
};

export const pax8WebhookService = ({
  store,
  tokens,
  url,
  publicUrl,
  readsEvents,
}: {
  store: Pax8WebhookStore;
  tokens: Pax8Tokens;
  /** Of Pax8, without a path. */
  url: string;
  publicUrl: string;
  /** False while nobody is to act by them: they are answered, so that Pax8 does not give the webhook up. */
  readsEvents: () => boolean;
}): Pax8WebhookService => {
  const apiOf = async ({ tenantId }: Scope): Promise<WebhookApi> =>
    webhookApi({ url, token: (await tokens.of(tenantId, { renew: false })).accessToken });
  return {
    get: async (scope, actor) => present(await store.find(scope), actor),
    turnOn: async (scope, actor) => {
      const api = await apiOf(scope);
      const topics = await api.subscriptionTopics();
      if (topics.length === 0)
        throw problem('connection.refused', { detail: 'Pax8 tells this account of no changes of subscriptions' });
      const before = await store.find(scope);
      const authorization = randomBytes(secretBytes).toString('base64url');
      const begun = await store.begin(scope, { hash: hashOf(authorization), memberId: actor.memberId });
      const to = `${publicUrl}/api/billing/v1/pax8-events/${scope.tenantId}/${begun.id}`;
      try {
        const remoteId = await api.make({ url: to, authorization, topics });
        const row = await store.made(scope, begun.id, remoteId);
        // The one before tells what nobody believes any more; Pax8 itself gives it up after some refusals.
        if (before?.remote_id != null) await api.remove(before.remote_id).catch(() => undefined);
        return present(row, actor);
      } catch (error) {
        await store.remove(scope, begun.id);
        throw error;
      }
    },
    turnOff: async (scope) => {
      const row = await store.find(scope);
      if (!row) return;
      // First here: from now on nobody is believed, whether Pax8 can be asked or not.
      await store.turnedOff(scope, row);
      if (row.remote_id !== null) await (await apiOf(scope)).remove(row.remote_id);
    },
    take: async (scope, id, { authorization, delivery }) => {
      if (authorization === undefined || !(await store.isOurs(scope, id, hashOf(authorization))))
        throw problem('token.invalid', { detail: 'Pax8 was given another value to send' });
      if (readsEvents()) await store.hint(scope, hintedSubscriptions(delivery));
    },
  };
};
