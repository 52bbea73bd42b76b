import * as z from 'zod';
import type { Account, Row } from './account.ts';
import { entity } from './call.ts';
import { superOpsId } from './superops-id.ts';
import { vendorTime } from './vendor-time.ts';

/** What people do in SuperOps, and what it does by itself. */
export const ByHand = z.discriminatedUnion('act', [
  /** Kills the one before. */
  z.strictObject({ act: z.literal('new-token'), userId: z.string(), token: z.string().nullable() }),
  z.strictObject({ act: z.literal('forbid'), userId: z.string(), fields: z.array(z.string()) }),
  z.strictObject({
    act: z.literal('subscription'),
    subscription: z.enum(['active', 'trial_expired', 'paused', 'cancelled']),
  }),
  z.strictObject({ act: z.literal('rename-client'), accountId: z.string(), name: z.string() }),
  z.strictObject({ act: z.literal('delete-client'), accountId: z.string() }),
  z.strictObject({ act: z.literal('reply'), ticketId: z.string(), content: z.string() }),
  /** With the vendor's own sync to QuickBooks it is paid a moment later. */
  z.strictObject({ act: z.literal('approve-invoice'), invoiceId: z.string() }),
]);

export type ByHand = z.infer<typeof ByHand>;

const belongsTo = (accountId: string) => (row: Row) => (row.client as Row | null)?.accountId === accountId;

const userOf = (account: Account, userId: string) => {
  const user = account.users.find((candidate) => candidate.userId === userId);
  if (!user) throw new Error(`There is no user ${userId}`);
  return user;
};

const deleteClient = (account: Account, accountId: string): void => {
  const isIts = belongsTo(accountId);
  account.clients = account.clients.filter((client) => client.accountId !== accountId);
  for (const list of ['sites', 'contacts', 'tickets', 'assets', 'contracts'] as const)
    account[list] = account[list].filter((row) => !isIts(row));
};

export const actByHand = (account: Account, act: ByHand, now: Date): void => {
  if (act.act === 'new-token') userOf(account, act.userId).token = act.token;
  else if (act.act === 'forbid') userOf(account, act.userId).forbidden = act.fields;
  else if (act.act === 'subscription') account.subscription = act.subscription;
  else if (act.act === 'rename-client') entity(account.clients, 'accountId', act.accountId).name = act.name;
  else if (act.act === 'delete-client') deleteClient(account, act.accountId);
  else if (act.act === 'approve-invoice')
    entity(account.invoices, 'invoiceId', act.invoiceId).statusEnum = account.quickBooksSync ? 'PAID' : 'APPROVED';
  else reply(account, act, vendorTime(now));
};

const reply = (account: Account, { ticketId, content }: ByHand & { act: 'reply' }, time: string): void => {
  const ticket = entity(account.tickets, 'ticketId', ticketId);
  account.created += 1;
  account.conversations.push({
    conversationId: superOpsId(account.subdomain, 'conversation', `by hand ${account.created}`),
    ticketId,
    type: 'REQ_REPLY',
    content,
    time,
    user: ticket.requester ?? null,
  });
  ticket.updatedTime = time;
};
