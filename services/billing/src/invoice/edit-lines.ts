import type { Actor } from '@legendops/kit/auth/actor';
import { created, differences } from '@legendops/kit/audit/differences';
import type { AuditChange } from '@legendops/kit/contract/audit-payload';
import { isStorable } from '@legendops/kit/db/storable';
import type { Transaction } from '@legendops/kit/db/transaction';
import { problem } from '@legendops/kit/errors/problem';
import { randomId } from '@legendops/kit/log/random-ids';
import { amountText, priceFromText, priceText, quantityDigits, quantityText } from '../rating/currency.ts';
import { parseScaled } from '../rating/decimal.ts';
import type { RatedContent } from '../rating/rating-values.ts';
import type { DraftEdit } from './contract.ts';
import { monthOfInvoice } from './decision-store.ts';
import { addLine, putEdit, removeEdit, removeEdits, removeLine, writeContent, writeLine } from './edit-store.ts';
import { edited, isKept, isOwn, ownContent, ownKey, type LineEditValue } from './line-edits.ts';
import { ratedContent } from './rated-texts.ts';
import { hashOfStored } from './stored-content.ts';
import { linesOf, type InvoiceLineRow, type InvoiceParts, type InvoiceRow } from './store.ts';

interface Draft {
  /** Locked. */
  parts: InvoiceParts;
  invoice: InvoiceRow;
}

interface Editing extends Draft {
  actor: Actor;
  edit: DraftEdit;
  at: Date;
}

const contentOf = (line: InvoiceLineRow): RatedContent => ({
  description: line.description,
  quantityE6: line.quantity_e6,
  unitPriceE8: line.unit_price_e8,
  amountMinor: line.amount_minor,
});

const shown = ({ description, quantityE6, unitPriceE8, amountMinor }: RatedContent, currency: string) => ({
  description,
  quantity: quantityText(quantityE6),
  unitPrice: priceText(unitPriceE8, currency),
  amount: `${amountText(amountMinor, currency)} ${currency}`,
});

const fields = ['description', 'quantity', 'unitPrice', 'amount'] as const;

const refused = (pointer: string, detail: string) =>
  problem('request.invalid', { places: [{ pointer, code: 'custom', detail }] });

/** The draft's total and hash from the lines that it has now. */
const reckon = async (transaction: Transaction, invoice: InvoiceRow): Promise<void> => {
  const lines = await transaction.rows(linesOf(invoice.id));
  const totalMinor = lines.reduce((sum, { amount_minor: amount }) => sum + amount, 0n);
  if (!isStorable(totalMinor)) throw refused('/unitPrice', 'The invoice would be too large');
  const contentHash = hashOfStored({ ...invoice, total_minor: totalMinor }, lines);
  await writeContent(transaction, { id: invoice.id, totalMinor, contentHash });
};

const valueOf = (
  sourceKey: string,
  {
    description,
    quantity,
    unitPrice,
  }: { description?: string | undefined; quantity?: string | undefined; unitPrice?: string | undefined },
  currency: string,
): LineEditValue => ({
  sourceKey,
  description: description ?? null,
  quantityE6: quantity === undefined ? null : parseScaled(quantity, quantityDigits),
  unitPriceE8: unitPrice === undefined ? null : priceFromText(unitPrice, currency),
});

const keptContent = (content: RatedContent): RatedContent => {
  if (!isKept(content)) throw refused('/unitPrice', 'Quantity and unit price together are too large');
  return content;
};

const lineIn = ({ lines }: InvoiceParts, lineId: string): InvoiceLineRow => {
  const line = lines.find(({ id }) => id === lineId);
  if (!line) throw problem('invoice.changed', { detail: 'The line is not there any more: look at its lines again' });
  return line;
};

const undo = async (transaction: Transaction, { invoice }: Draft, line: InvoiceLineRow): Promise<void> => {
  await removeEdit(transaction, monthOfInvoice(invoice), line.source_key);
  if (isOwn(line.source_key)) await removeLine(transaction, line.id);
  else if (line.rated) await writeLine(transaction, line.id, ratedContent(line.rated), null);
};

/** One change of one line, the draft's sum and hash after it; what was different before, for the audit trail. */
export const editLines = async (transaction: Transaction, editing: Editing): Promise<AuditChange[]> => {
  const { actor, parts, invoice, edit, at } = editing;
  const { tenantId } = actor;
  const { currency } = invoice;
  const month = monthOfInvoice(invoice);
  const why = { reason: edit.reason, by: { memberId: actor.memberId, name: actor.name }, at };
  const said = created({ reason: edit.reason });
  if (edit.act === 'add') {
    const value = valueOf(ownKey(randomId()), edit, currency);
    const content = keptContent(ownContent(value));
    await putEdit(transaction, { tenantId }, month, { ...value, ...why });
    await addLine(transaction, { tenantId }, { invoiceId: invoice.id, sourceKey: value.sourceKey, content });
    await reckon(transaction, invoice);
    return [...created(shown(content, currency)), ...said];
  }
  const line = lineIn(parts, edit.lineId);
  const before = contentOf(line);
  if (edit.act === 'undo') {
    if (!line.edit) throw problem('invoice.wrong-state', { detail: 'Nobody has changed this line' });
    await undo(transaction, editing, line);
    await reckon(transaction, invoice);
    const after = line.rated ? shown(ratedContent(line.rated), currency) : noLine;
    return [...differences(shown(before, currency), after, fields), ...said];
  }
  const own = isOwn(line.source_key);
  const rated = own ? before : line.rated ? ratedContent(line.rated) : before;
  // What was changed before stays where this change says nothing of it.
  const value = valueOf(line.source_key, { ...unchanged(before, rated, currency), ...given(edit) }, currency);
  const complete = own ? { ...value, ...filled(value, before) } : value;
  const content = keptContent(edited(rated, complete));
  await putEdit(transaction, { tenantId }, month, { ...complete, ...why });
  await writeLine(transaction, line.id, content, own ? null : rated);
  await reckon(transaction, invoice);
  return [...differences(shown(before, currency), shown(content, currency), fields), ...said];
};

const noLine = { description: null, quantity: null, unitPrice: null, amount: null };

const given = ({ description, quantity, unitPrice }: Extract<DraftEdit, { act: 'change' }>) => ({
  ...(description !== undefined && { description }),
  ...(quantity !== undefined && { quantity }),
  ...(unitPrice !== undefined && { unitPrice }),
});

const unchanged = (before: RatedContent, rated: RatedContent, currency: string) => ({
  ...(before.description !== rated.description && { description: before.description }),
  ...(before.quantityE6 !== rated.quantityE6 && { quantity: quantityText(before.quantityE6) }),
  ...(before.unitPriceE8 !== rated.unitPriceE8 && { unitPrice: priceText(before.unitPriceE8, currency) }),
});

const filled = (value: LineEditValue, { description, quantityE6, unitPriceE8 }: RatedContent) => ({
  description: value.description ?? description,
  quantityE6: value.quantityE6 ?? quantityE6,
  unitPriceE8: value.unitPriceE8 ?? unitPriceE8,
});

/** The draft as the rating has it, without anything that a person changed. */
export const undoAll = async (transaction: Transaction, draft: Draft): Promise<void> => {
  for (const line of draft.parts.lines) if (line.edit) await undo(transaction, draft, line);
  await removeEdits(transaction, monthOfInvoice(draft.invoice));
  await reckon(transaction, draft.invoice);
};
