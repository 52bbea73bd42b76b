import type { ActingScope } from '@legendops/kit/audit/audit';
import { csvText } from '@legendops/kit/http/csv-text';
import { asLineOfText } from '@legendops/kit/contract/line-of-text';
import type { Scope } from '@legendops/kit/db/tenant-database';
import { problem } from '@legendops/kit/errors/problem';
import { longestName } from '../contract.ts';
import type { TenantSuperOps } from '../superops-connection/tenant-superops.ts';
import type { ClientLink, ClientLinks, ConfirmedClientLink } from '../superops/contract.ts';
import type { Client } from '../superops/objects.ts';
import type { SuperOpsAccount } from '../superops/superops-transport.ts';
import type { ClientLinkRow, ClientLinkStore, CandidateRow } from './store.ts';
import { nameProblemOf } from './name-problem.ts';
import { suggestionsFor } from './suggest.ts';

export interface ClientLinkService {
  /** Every client that SuperOps has now, and every link whose client is there no more. */
  all(scope: Scope): Promise<Pick<ClientLinks, 'data' | 'unreadable'>>;
  /** Throws client.not-found, customer.not-found, client-link.taken. */
  confirm(
    scope: ActingScope<'client-link.confirmed'>,
    link: { clientId: string; customerId: string },
  ): Promise<ConfirmedClientLink>;
  remove(scope: ActingScope<'client-link.removed'>, link: { clientId: string; version: number }): Promise<void>;
  asCsv(scope: Scope): Promise<string>;
  /** The client that a customer is in the connected account; undefined where it is none, or nothing is connected. */
  linkOf(scope: Scope, customerId: string): Promise<LinkedClient | undefined>;
  /** Whether it is a client of another account than the one that is connected: who it is in this one nobody has said. */
  isClientElsewhere(scope: Scope, customerId: string): Promise<boolean>;
  /** Every customer that is a client of an account. */
  linked(scope: Scope, account: SuperOpsAccount): Promise<ReadonlyMap<string, string>>;
}

export interface LinkedClient {
  /** Its id is one of this account. */
  account: SuperOpsAccount;
  clientId: string;
  /** As it was called when a person said so. */
  clientName: string;
}

const nameOf = ({ accountId, name }: Client): string => asLineOfText(name, longestName) || accountId;

const linkFields = (link: ClientLinkRow, customers: ReadonlyMap<string, CandidateRow>) => ({
  customerId: link.customer_id,
  customerName: link.customer_name,
  pax8CompanyId: customers.get(link.customer_id)?.pax8_company_id ?? null,
  version: link.version,
  nameProblem: null,
  suggestions: [],
});

const notLinked = {
  customerId: null,
  customerName: null,
  pax8CompanyId: null,
  version: null,
  nameProblem: null,
} as const;

/** What waits for a person comes first. */
const order = ['gone', 'needed', 'linked'] as const satisfies readonly ClientLink['state'][];

export const clientLinkService = ({
  store,
  superOps,
}: {
  store: ClientLinkStore;
  superOps: TenantSuperOps;
}): ClientLinkService => {
  const all = async (scope: Scope): Promise<Pick<ClientLinks, 'data' | 'unreadable'>> => {
    const { rows, unreadable, account } = await superOps.use(scope, async (client, of) => ({
      account: of,
      ...(await client.clients()),
    }));
    const { links, customers } = await store.known(scope, account);
    const byClient = new Map(links.map((link) => [link.client_id, link]));
    const byId = new Map(customers.map((customer) => [customer.id, customer]));
    const taken = new Set(links.map(({ customer_id }) => customer_id));
    const free = customers.filter(({ id }) => !taken.has(id));
    const there = rows.map((client): ClientLink => {
      const link = byClient.get(client.accountId);
      const emailDomains = (client.emailDomains ?? []).filter((domain) => domain !== null);
      const known = { clientId: client.accountId, clientName: nameOf(client), emailDomains };
      if (link)
        return {
          ...known,
          state: 'linked',
          ...linkFields(link, byId),
          nameProblem: nameProblemOf(link, known.clientName),
        };
      return {
        ...known,
        state: 'needed',
        ...notLinked,
        suggestions: suggestionsFor({ ...client, emailDomains }, free),
      };
    });
    // A list with a record that could not be read does not say who is gone.
    const present = new Set(rows.map(({ accountId }) => accountId));
    const gone = unreadable > 0 ? [] : links.filter(({ client_id }) => !present.has(client_id));
    const left = gone.map((link): ClientLink => ({
      clientId: link.client_id,
      clientName: link.client_name,
      emailDomains: [],
      state: 'gone',
      ...linkFields(link, byId),
    }));
    const data = [...there, ...left].toSorted(
      (one, other) =>
        order.indexOf(one.state) - order.indexOf(other.state) || one.clientName.localeCompare(other.clientName),
    );
    return { data, unreadable };
  };

  return {
    all,
    isClientElsewhere: (scope, customerId) => store.isClientElsewhere(scope, customerId),
    linkOf: async (scope, customerId) => {
      const link = await store.clientOf(scope, customerId);
      if (!link) return undefined;
      const { region, subdomain, client_id: clientId, client_name: clientName } = link;
      return { account: { region, subdomain }, clientId, clientName };
    },
    linked: async (scope, account) =>
      new Map((await store.linked(scope, account)).map(({ customer_id, client_id }) => [customer_id, client_id])),
    confirm: async (scope, { clientId, customerId }) => {
      const { client, account } = await superOps.use(scope, async (asked, of) => ({
        account: of,
        client: await asked.client(clientId),
      }));
      if (!client)
        throw problem('client.not-found', { detail: 'Read the list again: it may have been merged or deleted' });
      const clientName = nameOf(client);
      const row = await store.confirm(scope, account, { clientId, clientName, customerId });
      return { clientId, clientName, customerId: row.customer_id, version: row.version };
    },
    remove: async (scope, link) => store.remove(scope, await superOps.account(scope), link),
    asCsv: async (scope) => {
      const header = ['SuperOps client id', 'SuperOps client', 'customer id', 'customer', 'Pax8 company id', 'state'];
      const { data } = await all(scope);
      const rows = data.map((link) => [
        link.clientId,
        link.clientName,
        link.customerId ?? '',
        link.customerName ?? '',
        link.pax8CompanyId ?? '',
        link.state,
      ]);
      return csvText([header, ...rows]);
    },
  };
};
