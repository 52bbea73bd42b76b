import { constraintOf } from '@legendops/kit/db/database-error';
import { sql } from '@legendops/kit/db/sql';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { ActingScope } from '@legendops/kit/audit/audit';
import { created, differences, removed } from '@legendops/kit/audit/differences';
import { asSeen } from '@legendops/kit/errors/as-seen';
import { problem } from '@legendops/kit/errors/problem';
import type { SuperOpsAccount } from '../superops/superops-transport.ts';

export interface ClientLinkRow {
  id: string;
  client_id: string;
  client_name: string;
  customer_id: string;
  customer_name: string;
  version: number;
  /** Both names as they were last agreed; null before the first look. */
  our_name: string | null;
  their_name: string | null;
  name_refusal: 'taken-here' | 'refused-there' | 'forbidden-there' | null;
}

/** A customer that a client may be. */
export interface CandidateRow {
  id: string;
  name: string;
  pax8_company_id: string | null;
}

export type ConnectedLinkRow = Pick<ClientLinkRow, 'client_id' | 'client_name'> & SuperOpsAccount;

export interface ClientLinkStore {
  /** The client of the connected account that a customer is; undefined where it is none, or nothing is connected. */
  clientOf(scope: Scope, customerId: string): Promise<ConnectedLinkRow | undefined>;
  /** Whether it is a client of another account than the one that is connected. */
  isClientElsewhere(scope: Scope, customerId: string): Promise<boolean>;
  linked(scope: Scope, account: SuperOpsAccount): Promise<Pick<ClientLinkRow, 'customer_id' | 'client_id'>[]>;
  /** Who the account's clients are, and all active customers. */
  known(scope: Scope, account: SuperOpsAccount): Promise<{ links: ClientLinkRow[]; customers: CandidateRow[] }>;
  /** Throws customer.not-found and client-link.taken. */
  confirm(
    scope: ActingScope<'client-link.confirmed'>,
    account: SuperOpsAccount,
    link: { clientId: string; clientName: string; customerId: string },
  ): Promise<ClientLinkRow>;
  /** Throws client-link.not-found and version.stale. */
  remove(
    scope: ActingScope<'client-link.removed'>,
    account: SuperOpsAccount,
    link: { clientId: string; version: number },
  ): Promise<void>;
}

const linkColumns = sql`l.id, l.client_id, l.client_name, l.customer_id, c.name as customer_name, l.version,
  l.our_name, l.their_name, l.name_refusal`;

const linksOf = ({ region, subdomain }: SuperOpsAccount) => sql<ClientLinkRow>`
  select ${linkColumns} from portal.superops_clients l
  join portal.customers c on c.tenant_id = l.tenant_id and c.id = l.customer_id
  where l.region = ${region} and l.subdomain = ${subdomain}`;

const subjectOf = ({ id, client_name }: Pick<ClientLinkRow, 'id' | 'client_name'>) => ({
  type: 'client-link',
  id,
  name: client_name,
});

const orTaken = (error: unknown): never => {
  if (constraintOf(error) === 'superops_clients_one_client')
    throw problem('client-link.taken', {
      detail: 'Press “Remove link” on that one first, or merge the two clients in SuperOps',
    });
  throw error;
};

export const clientLinkStore = (database: TenantDatabase): ClientLinkStore => ({
  clientOf: async (scope, customerId) =>
    (
      await database.read(
        scope,
        sql<ConnectedLinkRow>`
          select region, subdomain, l.client_id, l.client_name from portal.superops_clients l
          join portal.superops_connections o using (tenant_id, region, subdomain) where l.customer_id = ${customerId}`,
      )
    )[0],
  isClientElsewhere: async (scope, customerId) => {
    const elsewhere = sql`
      select from portal.superops_clients l
      join portal.superops_connections o on o.tenant_id = l.tenant_id and (o.region, o.subdomain) <> (l.region, l.subdomain)
      where l.customer_id = ${customerId} limit 1`;
    return (await database.read(scope, elsewhere)).length > 0;
  },
  linked: (scope, { region, subdomain }) =>
    database.read(
      scope,
      sql<Pick<ClientLinkRow, 'customer_id' | 'client_id'>>`
        select customer_id, client_id from portal.superops_clients where region = ${region} and subdomain = ${subdomain}`,
    ),
  known: async (scope, account) => {
    const links = sql<ClientLinkRow>`${linksOf(account)} order by l.client_name, l.id`;
    const customers = sql<CandidateRow>`
      select id, name, pax8_company_id from portal.customers where state = 'active' order by search_name collate "C", id`;
    return { links: await database.read(scope, links), customers: await database.read(scope, customers) };
  },
  confirm: (scope, account, { clientId, clientName, customerId }) =>
    database
      .write(scope, async (transaction) => {
        const customer = await transaction.row(
          sql<{
            name: string;
          }>`select name from portal.customers where id = ${customerId} and state = 'active' for share`,
        );
        if (!customer) throw problem('customer.not-found');
        const before = await transaction.row(
          sql<ClientLinkRow>`${linksOf(account)} and l.client_id = ${clientId} for update of l`,
        );
        const row = await transaction.one(sql<Omit<ClientLinkRow, 'customer_name'>>`
          insert into portal.superops_clients as l (tenant_id, region, subdomain, client_id, client_name, customer_id,
            our_name, their_name)
          values (${scope.tenantId}, ${account.region}, ${account.subdomain}, ${clientId}, ${clientName}, ${customerId},
            ${customer.name}, ${clientName})
          on conflict on constraint superops_clients_one_customer
            do update set client_name = excluded.client_name, customer_id = excluded.customer_id,
              our_name = case when l.customer_id = excluded.customer_id then l.our_name else excluded.our_name end,
              their_name = case when l.customer_id = excluded.customer_id then l.their_name else excluded.their_name end,
              name_refusal = case when l.customer_id = excluded.customer_id then l.name_refusal end
          returning l.id, l.client_id, l.client_name, l.customer_id, l.version, l.our_name, l.their_name, l.name_refusal`);
        const after = { ...row, customer_name: customer.name };
        const changes = before
          ? differences({ customer: before.customer_name }, { customer: after.customer_name }, ['customer'])
          : created({ customer: after.customer_name });
        if (changes.length > 0)
          await scope.audit(transaction, { act: 'client-link.confirmed', subject: subjectOf(after), changes });
        return after;
      })
      .catch(orTaken),
  remove: (scope, account, { clientId, version }) =>
    database.write(scope, async (transaction) => {
      const gone = asSeen(
        await transaction.row(sql<ClientLinkRow>`${linksOf(account)} and l.client_id = ${clientId} for update of l`),
        version,
        'client-link.not-found',
      );
      await transaction.change(sql`delete from portal.superops_clients where id = ${gone.id}`);
      await scope.audit(transaction, {
        act: 'client-link.removed',
        subject: subjectOf(gone),
        changes: removed({ customer: gone.customer_name }),
      });
    }),
});
