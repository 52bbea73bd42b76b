import type { SuperOpsInvoice, SuperOpsInvoices } from '@legendops/kit/contract/superops-invoices';

const fewOf = 5;
const numbersOf = 50;

// What becomes of an invoice that was sent by itself: it is the same one, and whoever dismissed it is not told again.
const sent = new Set(['APPROVED', 'OVERDUE', 'PAID']);

const wordsOf = ({ number, date, status, total }: SuperOpsInvoice): string =>
  `${number}${date === null ? '' : ` of ${date}`} over ${total ?? 'an amount that cannot be read'}${sent.has(status) ? '' : ` (${status})`}`;

const moreWords = (more: readonly SuperOpsInvoice[]): string => {
  const numbers = more.slice(0, numbersOf).map(({ number }) => number);
  return `, and ${more.length} more: ${numbers.join(', ')}${more.length > numbers.length ? ' and others' : ''}`;
};

const unreadableWords = (unreadable: number): string => `${unreadable} of its invoices could not be read`;

/**
 * What SuperOps invoices, each with its amount; undefined where it invoices nothing. Another one makes other words, wherever it
 * stands among them: they are how it is known whether a person has been told.
 */
export const theirWords = ({ data, unreadable }: Pick<SuperOpsInvoices, 'data' | 'unreadable'>): string | undefined => {
  if (data.length === 0 && unreadable === 0) return undefined;
  const [few, more] = [data.slice(0, fewOf), data.slice(fewOf)];
  const told = `${few.map(wordsOf).join(', ')}${more.length > 0 ? moreWords(more) : ''}`;
  return [told, unreadable === 0 ? '' : unreadableWords(unreadable)].filter((part) => part !== '').join('; ');
};

const isIn = (detail: string, words: string): boolean =>
  [': ', ', '].some((before) =>
    [', ', '; ', '. ', ' and others'].some((after) => detail.includes(`${before}${words}${after}`)),
  );

/** Whether what was told on the worklist names an invoice, as it is. */
export const isToldIn = (detail: string, invoice: SuperOpsInvoice): boolean =>
  isIn(detail, wordsOf(invoice)) || isIn(detail, invoice.number);

export const isUnreadableToldIn = (detail: string, unreadable: number): boolean =>
  detail.includes(unreadableWords(unreadable));
