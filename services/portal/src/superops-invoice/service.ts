import { asLineOfText } from '@legendops/kit/contract/line-of-text';
import { mayBill, type SuperOpsInvoice, type SuperOpsInvoices } from '@legendops/kit/contract/superops-invoices';
import type { Scope } from '@legendops/kit/db/tenant-database';
import type { ClientLinkService } from '../client-link/service.ts';
import type { TenantSuperOps } from '../superops-connection/tenant-superops.ts';
import { dayOf } from '../superops/instant.ts';
import type { SuperOpsInvoice as Row } from '../superops/objects.ts';
import { billedDays, reachOf, type Days, type Reach } from './billed-days.ts';

export interface Asked extends Days {
  customerId: string;
}

/**
 * What SuperOps invoices a customer by itself that may bill some days. Drafts count: what is written there is going to be sent.
 * Throws what keeps SuperOps from being asked.
 */
export type ReadSuperOpsInvoices = (scope: Scope, asked: Asked) => Promise<SuperOpsInvoices>;

const longestText = 100;

const present = (row: Row, reach: Reach): SuperOpsInvoice => {
  const { displayId, invoiceId, invoiceDate, statusEnum, totalAmount } = row;
  return {
    invoiceId,
    number: asLineOfText(displayId, longestText) || invoiceId,
    date: dayOf(invoiceDate),
    status: asLineOfText(statusEnum ?? '', longestText) || 'UNKNOWN',
    total: totalAmount !== null && /^-?\d{1,18}(\.\d{1,6})?$/.test(totalAmount) ? totalAmount : null,
    bills: billedDays(row, reach),
  };
};

// A number of SuperOps begins with the month; what says no day is looked at before all else.
const newestFirst = (one: SuperOpsInvoice, other: SuperOpsInvoice): number =>
  (other.date ?? '9999-99').localeCompare(one.date ?? '9999-99') ||
  other.number.localeCompare(one.number) ||
  other.invoiceId.localeCompare(one.invoiceId);

export const readSuperOpsInvoices =
  ({
    superOps,
    links,
  }: {
    superOps: TenantSuperOps;
    links: Pick<ClientLinkService, 'linkOf' | 'isClientElsewhere'>;
  }): ReadSuperOpsInvoices =>
  async (scope, { customerId, ...days }) => {
    const link = await links.linkOf(scope, customerId);
    if (link === undefined) {
      // Whoever connects another account has not said that it invoices nobody.
      const isUnknown = await links.isClientElsewhere(scope, customerId);
      return { customer: isUnknown ? 'gone' : 'not-a-client', data: [], unreadable: 0 };
    }
    return superOps.useOf(scope, link.account, async (client) => {
      const own = await client.client(link.clientId);
      if (!own) return { customer: 'gone', data: [], unreadable: 0 };
      const { rows, unreadable } = await client.invoicesOf(own);
      const alive = rows.filter(({ statusEnum }) => statusEnum !== 'VOID');
      // Of whom nothing is invoiced no contract has to be asked.
      const reach = alive.length === 0 ? undefined : reachOf(await client.contractsOf(own), days);
      const data = (reach ? alive.map((row) => present(row, reach)) : [])
        .filter(({ bills }) => mayBill(bills, days))
        .toSorted(newestFirst);
      return { customer: 'client', data, unreadable };
    });
  };
