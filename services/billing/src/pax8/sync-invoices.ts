import type { JobContext } from '../job/run-job.ts';
import { addMonths, lookBackMonths, monthOf } from '../rating/period.ts';
import type { Invoice } from './evidence-objects.ts';
import { itemRows } from './evidence-rows.ts';
import { knownInvoices, knownItems, replaceEvidence, replaceItems, supersedeOtherItems } from './evidence-store.ts';
import type { Pax8Client } from './pax8-client.ts';
import { Pax8Error } from './pax8-error.ts';
import { idsOfHeld, type ReadList } from './readable.ts';
import { unreadEvidence, type EvidenceFound } from './tell-evidence.ts';

const isVoid = ({ status }: Invoice): boolean => status === 'Void';
const monthOfInvoice = ({ invoiceDate }: Invoice): string => monthOf(invoiceDate).start;

/** Each month's invoices are a list of their own: what is older than the window is not listed, and not gone. */
const writeInvoices = async (
  { run, scope }: JobContext,
  { items, held }: ReadList<Invoice>,
  { from, today }: { from: string; today: string },
): Promise<number> => {
  let changed = 0;
  for (let month = from; month <= today; month = addMonths(month, 1)) {
    const rows = items.filter((one) => monthOfInvoice(one) === month).map((body) => ({ id: body.id, body }));
    changed += await run.write((transaction) =>
      replaceEvidence(transaction, scope, {
        kind: 'invoice',
        subject: month.slice(0, 7),
        rows,
        held: idsOfHeld(held),
        today,
      }),
    );
  }
  return changed;
};

/** The items of one invoice; those that cannot be read are told, and the others kept. */
const writeItems = async (
  { run, scope, environment }: JobContext,
  client: Pax8Client,
  invoice: Invoice,
  found: EvidenceFound,
): Promise<void> => {
  const month = monthOfInvoice(invoice);
  const read = await client.invoiceItems(invoice.id);
  const currency = invoice.currencyCode ?? environment.CURRENCY;
  const rows = itemRows(read.items, { invoice: invoice.id, month, currency });
  found.held.push(...read.held.map((one) => ({ ...one, id: `${invoice.id} ${one.id ?? ''}`.trim() })), ...rows.held);
  found.changed += await run.write(async (transaction) => {
    // An invoice does not become empty: that is a bad day of the vendor's.
    const isEmpty = read.items.length + read.held.length === 0 && (await knownItems(transaction, invoice.id)) > 0;
    if (isEmpty)
      found.exceptions.push(unreadEvidence(`items of the invoice of ${invoice.invoiceDate}`, 'none is listed'));
    return isEmpty ? 0 : replaceItems(transaction, scope, { invoiceId: invoice.id, month, rows: rows.items });
  });
};

/** What Pax8 is going to bill; it may say that there is nothing to say, and then what was there stays. */
const writeDraft = async (
  { run, scope, environment }: JobContext,
  client: Pax8Client,
  { which, month }: { which: 'this' | 'next'; month: string },
  found: EvidenceFound,
): Promise<void> => {
  try {
    const read = await client.draftItems(which);
    const rows = itemRows(read.items, { invoice: `draft ${month.slice(0, 7)}`, month, currency: environment.CURRENCY });
    found.held.push(...read.held, ...rows.held);
    if (rows.items.length === 0) return;
    found.changed += await run.write((transaction) =>
      replaceItems(transaction, scope, { invoiceId: null, month, rows: rows.items }),
    );
  } catch (error) {
    if (!(error instanceof Pax8Error)) throw error;
    found.exceptions.push(unreadEvidence(`draft items of ${month.slice(0, 7)}`, error.message));
  }
};

/**
 * Reads Pax8's invoices of this month and of those that an invoice run looks at, with their items, and the draft items of
 * the months that have no invoice yet: the final one of a month is there from its 5th.
 */
export const syncInvoices = async (
  context: JobContext,
  client: Pax8Client,
  { today }: { today: string },
  found: EvidenceFound,
): Promise<void> => {
  const { run } = context;
  const thisMonth = monthOf(today).start;
  const from = addMonths(thisMonth, -lookBackMonths);
  const listed = await client.invoices(from);
  found.held.push(...listed.held);
  if (listed.items.length + listed.held.length === 0 && (await run.write((one) => knownInvoices(one, from))) > 0) {
    found.exceptions.push(unreadEvidence('invoices', 'none is listed although there were some'));
    return;
  }
  found.changed += await writeInvoices(context, listed, { from, today });
  const standing = listed.items.filter((one) => !isVoid(one) && monthOfInvoice(one) >= from);
  for (const invoice of standing) await writeItems(context, client, invoice, found);
  const final = new Set(standing.map(monthOfInvoice));
  const drafts = (
    [
      ['this', thisMonth],
      ['next', addMonths(thisMonth, 1)],
    ] as const
  ).filter(([, month]) => !final.has(month));
  for (const [which, month] of drafts) await writeDraft(context, client, { which, month }, found);
  const held = idsOfHeld(listed.held);
  if (held === undefined) return;
  found.changed += await run.write((transaction) =>
    supersedeOtherItems(transaction, {
      invoiceIds: [...standing.map(({ id }) => id), ...held],
      from,
      drafted: drafts.map(([, month]) => month),
    }),
  );
};
