import type { ActingScope } from '@legendops/kit/audit/audit';
import { created, removed } from '@legendops/kit/audit/differences';
import { sql } from '@legendops/kit/db/sql';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';
import { asSeen } from '@legendops/kit/errors/as-seen';
import { problem } from '@legendops/kit/errors/problem';
import type { SuperOpsAccount } from '../superops/superops-transport.ts';
import type { ExceptionTicket } from './contract.ts';

export type NewLink = Omit<ExceptionTicket, 'version'>;

export interface ExceptionTicketStore {
  /** Of the connected account, newest first. */
  all(scope: Scope): Promise<ExceptionTicket[]>;
  find(scope: Scope, exceptionId: string): Promise<ExceptionTicket | undefined>;
  /** The exceptions that a ticket of the connected account is for, oldest first. */
  ofTicket(scope: Scope, ticketId: string): Promise<ExceptionTicket[]>;
  /**
   * Undefined where the account is not the connected one. Throws exception-ticket.taken where the exception has another one.
   */
  link(
    scope: ActingScope<'exception-ticket.linked'>,
    transaction: Transaction,
    account: SuperOpsAccount,
    link: NewLink,
  ): Promise<ExceptionTicket | undefined>;
  /** Throws exception-ticket.not-found and version.stale. */
  unlink(
    scope: ActingScope<'exception-ticket.unlinked'>,
    link: { exceptionId: string; version: number },
  ): Promise<void>;
}

const columns = sql`t.exception_id as "exceptionId", t.customer_id as "customerId", t.ticket_id as "ticketId", t.subject, t.detail,
  t.version`;

// What is of an account that is connected no more has no ticket that anybody could open.
const ofConnected = sql<ExceptionTicket>`
  select ${columns} from portal.exception_tickets t join portal.superops_connections o using (tenant_id, region, subdomain)`;

// More than are ever open at a time: what is resolved is not looked for.
const most = 1_000;

const subjectOf = ({ exceptionId: id, detail: name }: ExceptionTicket) => ({ type: 'exception', id, name });

const fieldsOf = ({ subject: ticket }: ExceptionTicket) => ({ ticket });

export const exceptionTicketStore = (database: TenantDatabase): ExceptionTicketStore => ({
  all: (scope) =>
    database.read(scope, sql<ExceptionTicket>`${ofConnected} order by t.created_at desc, t.id desc limit ${most}`),
  find: async (scope, exceptionId) =>
    (await database.read(scope, sql<ExceptionTicket>`${ofConnected} where t.exception_id = ${exceptionId}`))[0],
  ofTicket: (scope, ticketId) =>
    database.read(
      scope,
      sql<ExceptionTicket>`${ofConnected} where t.ticket_id = ${ticketId} order by t.created_at, t.id`,
    ),
  link: async (scope, transaction, { region, subdomain }, link) => {
    const { exceptionId, customerId, ticketId, subject, detail } = link;
    // Locked, so that it is connected until this is written.
    const isConnected = await transaction.row(sql`
      select id from portal.superops_connections where region = ${region} and subdomain = ${subdomain} for share`);
    if (!isConnected) return undefined;
    // One of an account that is connected no more gives way.
    await transaction.change(sql`
      delete from portal.exception_tickets
      where exception_id = ${exceptionId} and (region, subdomain) is distinct from (${region}, ${subdomain})`);
    const added = await transaction.row(sql<ExceptionTicket>`
      insert into portal.exception_tickets as t (tenant_id, exception_id, region, subdomain, ticket_id, subject, detail, customer_id)
      values (${scope.tenantId}, ${exceptionId}, ${region}, ${subdomain}, ${ticketId}, ${subject}, ${detail}, ${customerId})
      on conflict on constraint exception_tickets_one_ticket do nothing returning ${columns}`);
    if (added) {
      await scope.audit(transaction, {
        act: 'exception-ticket.linked',
        subject: subjectOf(added),
        changes: created(fieldsOf(added)),
      });
      return added;
    }
    const known = await transaction.one(sql<ExceptionTicket>`
      select ${columns} from portal.exception_tickets t where t.exception_id = ${exceptionId}`);
    if (known.ticketId !== ticketId)
      throw problem('exception-ticket.taken', { detail: 'Press “Remove ticket” on that one first' });
    return known;
  },
  unlink: (scope, { exceptionId, version }) =>
    database.write(scope, async (transaction) => {
      const gone = asSeen(
        await transaction.row(sql<ExceptionTicket>`
          select ${columns} from portal.exception_tickets t where t.exception_id = ${exceptionId} for update`),
        version,
        'exception-ticket.not-found',
      );
      await transaction.change(sql`delete from portal.exception_tickets where exception_id = ${exceptionId}`);
      await scope.audit(transaction, {
        act: 'exception-ticket.unlinked',
        subject: subjectOf(gone),
        changes: removed(fieldsOf(gone)),
      });
    }),
});
