import type { Scope } from '@legendops/kit/db/tenant-database';
import { problem } from '@legendops/kit/errors/problem';
import { invoiceSheet, type InvoiceSheet } from './invoice-sheet.ts';
import type { SheetStore } from './sheet-store.ts';
import type { InvoiceStore } from './store.ts';

export interface SheetService {
  /** As its customer gets it from this provider. */
  get(scope: Scope, provider: string, id: string): Promise<InvoiceSheet>;
}

export const sheetService = ({ invoices, sheets }: { invoices: InvoiceStore; sheets: SheetStore }): SheetService => ({
  get: async (scope, provider, id) => {
    const { invoice, lines } = await invoices.detail(scope, id);
    if (!invoice) throw problem('invoice.not-found');
    return invoiceSheet(invoice, lines, { provider, sent: await sheets.sent(scope, id) });
  },
});
