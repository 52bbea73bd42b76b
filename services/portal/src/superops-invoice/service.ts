import { asLineOfText } from '@legendops/kit/contract/line-of-text';
import type { SuperOpsInvoice, SuperOpsInvoices } from '@legendops/kit/contract/superops-invoices';
import type { Scope } from '@legendops/kit/db/tenant-database';
import type { ClientLinkService } from '../client-link/service.ts';
import type { TenantSuperOps } from '../superops-connection/tenant-superops.ts';
import { dayOf } from '../superops/instant.ts';
import type { SuperOpsInvoice as Row } from '../superops/objects.ts';

export interface Asked {
  customerId: string;
  /** The first day. */
  from: string;
  /** The day after the last. */
  until: string;
}

/**
 * What SuperOps invoices a customer by itself. Drafts count: what is written there is going to be sent. Throws what keeps
 * SuperOps from being asked.
 */
export type ReadSuperOpsInvoices = (scope: Scope, asked: Asked) => Promise<SuperOpsInvoices>;

const longestText = 100;

const present = ({ displayId, invoiceId, invoiceDate, statusEnum, totalAmount }: Row): SuperOpsInvoice => ({
  number: asLineOfText(displayId, longestText) || invoiceId,
  date: dayOf(invoiceDate),
  status: asLineOfText(statusEnum ?? '', longestText) || 'UNKNOWN',
  total: totalAmount !== null && /^-?\d{1,18}(\.\d{1,6})?$/.test(totalAmount) ? totalAmount : null,
});

export const readSuperOpsInvoices =
  ({ superOps, links }: { superOps: TenantSuperOps; links: Pick<ClientLinkService, 'linkOf'> }): ReadSuperOpsInvoices =>
  async (scope, { customerId, from, until }) => {
    const link = await links.linkOf(scope, customerId);
    if (link === undefined) return { customer: 'not-a-client', data: [], unreadable: 0 };
    return superOps.useOf(scope, link.account, async (client) => {
      const own = await client.client(link.clientId);
      if (!own) return { customer: 'gone', data: [], unreadable: 0 };
      const { rows, unreadable } = await client.invoicesOf(own);
      const data = rows
        .filter(({ statusEnum }) => statusEnum !== 'VOID')
        .map(present)
        .filter(({ date }) => date === null || (date >= from && date < until))
        .toSorted((one, other) => one.number.localeCompare(other.number));
      return { customer: 'client', data, unreadable };
    });
  };
