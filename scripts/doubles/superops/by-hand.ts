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
  /** Everything of a client becomes another's, and it is there no more. */
  z.strictObject({ act: z.literal('merge-client'), accountId: z.string(), into: z.string() }),
  z.strictObject({ act: z.literal('end-contract'), contractId: z.string(), on: z.string() }),
  z.strictObject({ act: z.literal('delete-contract'), contractId: z.string() }),
  z.strictObject({ act: z.literal('count-by-itself'), contractId: z.string() }),
  z.strictObject({
    act: z.literal('change-quantity'),
    contractId: z.string(),
    effectiveDate: z.string(),
    quantity: z.string(),
    operation: z.enum(['INCREASE', 'DECREASE', 'BASELINE']).default('BASELINE'),
  }),
  z.strictObject({ act: z.literal('delete-item'), itemId: z.string() }),
  z.strictObject({ act: z.literal('reply'), ticketId: z.string(), content: z.string() }),
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

const mergeClient = (account: Account, accountId: string, into: string): void => {
  const { accountId: id, name } = entity(account.clients, 'accountId', into);
  const isIts = belongsTo(accountId);
  for (const list of ['sites', 'contacts', 'tickets', 'assets', 'contracts', 'invoices'] as const)
    for (const row of account[list].filter(isIts)) row.client = { accountId: id, name };
  account.clients = account.clients.filter((client) => client.accountId !== accountId);
};

const billableOf = (account: Account, contractId: string): Row =>
  (entity(account.contracts, 'contractId', contractId).contract as Row).billableContract as Row;

const changeQuantity = (
  account: Account,
  { contractId, effectiveDate, quantity, operation }: ByHand & { act: 'change-quantity' },
): void => {
  account.created += 1;
  (billableOf(account, contractId).changes as Row[]).push({
    changeId: superOpsId(account.subdomain, 'change', `by hand ${account.created}`),
    effectiveDate,
    endDate: null,
    quantity,
    quantityChangeOperation: operation,
  });
};

/** What people do with contracts; whether it was that. */
const actOnContract = (account: Account, act: ByHand): boolean => {
  if (act.act === 'end-contract')
    Object.assign(entity(account.contracts, 'contractId', act.contractId), {
      contractStatus: 'INACTIVE',
      endDate: act.on,
    });
  else if (act.act === 'delete-contract')
    account.contracts = account.contracts.filter(({ contractId }) => contractId !== act.contractId);
  else if (act.act === 'count-by-itself') billableOf(account, act.contractId).quantityCalculationType = 'DYNAMIC';
  else if (act.act === 'change-quantity') changeQuantity(account, act);
  else if (act.act === 'delete-item')
    account.catalogItems = account.catalogItems.filter(({ itemId }) => itemId !== act.itemId);
  else return false;
  return true;
};

export const actByHand = (account: Account, act: ByHand, now: Date): void => {
  if (actOnContract(account, act)) return;
  if (act.act === 'new-token') userOf(account, act.userId).token = act.token;
  else if (act.act === 'forbid') userOf(account, act.userId).forbidden = act.fields;
  else if (act.act === 'subscription') account.subscription = act.subscription;
  else if (act.act === 'rename-client') entity(account.clients, 'accountId', act.accountId).name = act.name;
  else if (act.act === 'delete-client') deleteClient(account, act.accountId);
  else if (act.act === 'merge-client') mergeClient(account, act.accountId, act.into);
  else if (act.act === 'approve-invoice') entity(account.invoices, 'invoiceId', act.invoiceId).statusEnum = 'APPROVED';
  else if (act.act === 'reply') reply(account, act, vendorTime(now));
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
