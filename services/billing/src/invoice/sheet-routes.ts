import { Id } from '@legendops/kit/contract/values';
import { route } from '@legendops/kit/http/route';
import { z } from 'zod';
import { invoiceCsv } from './invoice-csv.ts';
import { invoicePdf } from './invoice-pdf.ts';
import type { SheetService } from './sheet-service.ts';

const params = z.strictObject({ invoiceId: Id });

export const sheetRoutes = (sheets: SheetService) => [
  route({
    method: 'get',
    path: '/v1/invoices/{invoiceId}/pdf',
    permission: 'invoice.read',
    summary: 'An invoice as the customer gets it, to print (PDF)',
    params,
    responses: { 200: null },
    handler: async ({ scope, tenant, params: { invoiceId } }) => {
      const sheet = await sheets.get(scope, tenant.displayName, invoiceId);
      return { status: 200, pdf: { name: `${fileNameOf(sheet)}.pdf`, bytes: await invoicePdf(sheet) } };
    },
  }),
  route({
    method: 'get',
    path: '/v1/invoices/{invoiceId}/csv',
    permission: 'invoice.read',
    summary: 'The lines of an invoice as a table (CSV)',
    params,
    responses: { 200: null },
    handler: async ({ scope, tenant, params: { invoiceId } }) => {
      const sheet = await sheets.get(scope, tenant.displayName, invoiceId);
      return { status: 200, csv: { name: `${fileNameOf(sheet)}.csv`, text: invoiceCsv(sheet) } };
    },
  }),
];

const fileNameOf = ({ number, periodStart }: { number: string | null; periodStart: string }): string =>
  `invoice-${number ?? `draft-${periodStart.slice(0, 7)}`}`;
