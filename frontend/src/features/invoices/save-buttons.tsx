import type { InvoiceDetail } from '@legendops/billing/contract';
import { FileDown, Sheet } from 'lucide-react';
import { ActProblem } from '../../components/act-problem.tsx';
import { Button } from '../../components/button.tsx';
import { ExportButton } from '../../components/export-button.tsx';
import { useSaveFile } from '../../lib/act/save-file.ts';
import { invoicesPath, type InvoiceFilter } from '../../lib/queries/invoices.ts';

/** The invoice to print, as its customer gets it, and its lines as a table. */
export const SaveButtons = ({ invoice: { id, docNumber, status, periodStart } }: { invoice: InvoiceDetail }) => {
  const name = `invoice-${status === 'posted' && docNumber !== null ? docNumber : `draft-${periodStart.slice(0, 7)}`}`;
  const pdf = useSaveFile(`${invoicesPath}/${id}/pdf`, `${name}.pdf`);
  const csv = useSaveFile(`${invoicesPath}/${id}/csv`, `${name}.csv`);
  return (
    <>
      <Button look="quiet" pending={pdf.pending} onClick={() => pdf.run(undefined)}>
        <FileDown aria-hidden />
        Save as PDF
      </Button>
      <Button look="quiet" pending={csv.pending} onClick={() => csv.run(undefined)}>
        <Sheet aria-hidden />
        Save as CSV
      </Button>
      <ActProblem error={pdf.error ?? csv.error} />
    </>
  );
};

/** The invoices of a list, all of its pages, with what is paid of each. */
export const SaveInvoices = ({ filter: { status, customerId, paymentState, from, to } }: { filter: InvoiceFilter }) => {
  const given = Object.entries({ status, customerId, paymentState, from, to }).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  );
  const query = given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`;
  const saving = useSaveFile(`${invoicesPath}/export${query}`, 'invoices.csv');
  return (
    <>
      <ExportButton saving={saving}>Export</ExportButton>
      <ActProblem error={saving.error} />
    </>
  );
};
