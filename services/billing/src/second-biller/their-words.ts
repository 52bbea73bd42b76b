import type { SuperOpsInvoice, SuperOpsInvoices } from '@legendops/kit/contract/superops-invoices';

const fewOf = 5;

const wordsOf = ({ number, date, status, total }: SuperOpsInvoice): string =>
  `${number}${date === null ? '' : ` of ${date}`} over ${total ?? 'an amount that cannot be read'} (${status})`;

/** What SuperOps invoices, each with its amount; undefined where it invoices nothing. */
export const theirWords = ({ data, unreadable }: Pick<SuperOpsInvoices, 'data' | 'unreadable'>): string | undefined => {
  if (data.length === 0 && unreadable === 0) return undefined;
  const more = data.length > fewOf ? `, and ${data.length - fewOf} more` : '';
  const told = data.slice(0, fewOf).map(wordsOf).join(', ');
  const odd = unreadable === 0 ? [] : [`${unreadable} of its invoices could not be read`];
  return [...(told === '' ? [] : [`${told}${more}`]), ...odd].join('; ');
};
