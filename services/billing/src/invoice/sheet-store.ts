import { sql } from '@legendops/kit/db/sql';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';

/** What QuickBooks was sent of an invoice that is there, as far as a customer sees it. */
export interface SentInvoice {
  date: string;
  dueDate: string | null;
  lines: { description: string; quantity?: string; unitPrice?: string; amount: string }[];
}

export interface SheetStore {
  /** Undefined for what was not posted, or before it was kept what goes out. */
  sent(scope: Scope, invoiceId: string): Promise<SentInvoice | undefined>;
}

export const sheetStore = (database: TenantDatabase): SheetStore => ({
  sent: async (scope, invoiceId) =>
    (
      await database.read(
        scope,
        sql<{ outgoing: SentInvoice }>`
          select outgoing from billing.postings
          where invoice_id = ${invoiceId} and state = 'posted' and outgoing is not null order by generation desc limit 1`,
      )
    )[0]?.outgoing,
});
