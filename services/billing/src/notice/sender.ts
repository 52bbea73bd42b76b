import type { TenantRegistry } from '@legendops/kit/db/tenant-registry';
import { Problem } from '@legendops/kit/errors/problem';
import type { Scope } from '@legendops/kit/db/tenant-database';
import type { Log } from '@legendops/kit/log/logger';
import type { Mailer } from '@legendops/kit/mail/mailer';
import { tenantLanes, type TenantLanes } from '../background/tenant-lanes.ts';
import { claimSeconds, whileHeld } from '../background/while-held.ts';
import type { TeamsVault } from '../vault/teams-vault.ts';
import { isOver, nextAttemptAt } from './attempts.ts';
import { mailFailure } from './mail-failure.ts';
import type { Channel, ClaimedMessage, MessageOutcome, MessageStore } from './message-store.ts';
import { noticeMessages } from './notice-metrics.ts';
import { noticeCard } from './notice-card.ts';
import { deliveryOf } from './notice-kinds.ts';
import { noticeMail } from './notice-mail.ts';
import { toldOf } from './notice-row.ts';
import type { StaffOf } from '../member/staff.ts';
import type { Teams } from './teams.ts';

export interface Sending {
  store: MessageStore;
  registry: Pick<TenantRegistry, 'find'>;
  staffOf: StaffOf;
  mailer: Pick<Mailer, 'send'>;
  teams: Teams;
  vault: TeamsVault;
  publicUrl: string;
  log: Log;
  now: () => Date;
}

type SendOne = (scope: Scope, message: ClaimedMessage, organisation: string) => Promise<MessageOutcome>;

// More than the time-outs of a mail, or of a card, together.
const attemptMs = 120_000;
const askAgainMs = 60_000;
const dropped: MessageOutcome = { state: 'dropped' };

/** It was in vain: until the next try, or for good. */
const inVain = (
  { failures }: ClaimedMessage,
  { failure, isFinal, retryInSeconds = 0 }: { failure: string; isFinal: boolean; retryInSeconds?: number },
  now: Date,
): MessageOutcome =>
  isFinal || isOver(failures + 1)
    ? { state: 'dead', failure, isRefused: isFinal }
    : { state: 'waiting', failure, at: nextAttemptAt(failures + 1, now, retryInSeconds), counts: true };

const sendMail =
  ({ staffOf, mailer, publicUrl, now }: Sending): SendOne =>
  async ({ tenantId }, message, organisation) => {
    const person = (await staffOf(tenantId)).find(({ id }) => id === message.member_id);
    // Who has left since, sees billing no more, or wants none of it any more.
    if (!person) return dropped;
    const choices = new Map(message.choices.map(({ kind, delivery }) => [kind, delivery]));
    const notices = message.notices.filter(({ kind }) => deliveryOf(person.role, choices, kind) !== 'none');
    if (notices.length === 0) return dropped;
    const mail = noticeMail({
      id: message.id,
      to: { name: person.name, address: person.email },
      organisation,
      told: notices.map(toldOf),
      digestOn: message.digest_on,
      publicUrl,
    });
    try {
      await mailer.send(mail);
      return { state: 'sent' };
    } catch (error) {
      return inVain(message, mailFailure(error), now());
    }
  };

const sendCard =
  ({ teams, vault, store, publicUrl, now }: Sending): SendOne =>
  async (scope, message, organisation) => {
    if (message.notices.length === 0 || !(await store.hasTeams(scope))) return dropped;
    const secret = await vault.get(scope.tenantId);
    if (secret === undefined || !teams.isAllowed(secret.url)) return dropped;
    const card = noticeCard({ id: message.id, organisation, told: message.notices.map(toldOf), publicUrl });
    const outcome = await teams.post(secret.url, card);
    if (outcome.taken) {
      await store.setTeamsFailure(scope, null);
      return { state: 'sent' };
    }
    const failed = inVain(message, outcome, now());
    if (failed.state === 'dead') await store.setTeamsFailure(scope, outcome.failure);
    return failed;
  };

/**
 * Sends what waits, one channel on its own: what Teams refuses keeps no mail waiting. A message is sent while its claim is held and
 * marked after it; a process that dies in between leaves it to be sent once more, under the same id.
 */
const senderOf = (channel: Channel, send: SendOne, sending: Sending): TenantLanes => {
  const { store, registry, log, now } = sending;
  const attempt = async (tenantId: string, id: string): Promise<void> => {
    const scope = { tenantId };
    const tenant = await registry.find(tenantId);
    const message = tenant?.state === 'active' ? await store.claim(scope, id, claimSeconds) : undefined;
    if (!tenant || !message) return;
    const outcome = await whileHeld({ renew: () => store.hold(scope, message, claimSeconds), mostMs: attemptMs }, () =>
      send(scope, message, tenant.displayName),
    ).catch((error: unknown): MessageOutcome => {
      // Neither the mail server nor Teams: the auth service, or the vault, cannot be asked.
      log.warn({ err: error, message: id }, 'a notice waits');
      const failure = error instanceof Problem ? error.message : 'The service could not prepare it';
      return { state: 'waiting', failure, at: new Date(now().getTime() + askAgainMs), counts: false };
    });
    const settled = await store.settle(scope, message, outcome, now());
    const isRefused = outcome.state === 'dead' && outcome.isRefused;
    noticeMessages.inc({ channel, outcome: isRefused ? 'refused' : outcome.state });
    log.info({ message: id, channel, state: outcome.state, settled }, 'notice');
  };
  return tenantLanes({ name: `${channel} notice`, due: (busy) => store.due(channel, busy, now()), attempt, log });
};

export const mailSender = (sending: Sending): TenantLanes => senderOf('mail', sendMail(sending), sending);

export const teamsSender = (sending: Sending): TenantLanes => senderOf('teams', sendCard(sending), sending);
