import type { FoundException } from '../rating/rating-values.ts';
import type { QuickBooksSale } from '../quickbooks/sale.ts';
import { kindWords } from '../invoice/kind-words.ts';
import { openDrift } from './drift.ts';
import { driftSteps } from './drift-steps.ts';
import type { EntryRow, PostedSale } from './entry-row.ts';
import type { MarkedInvoice } from './find-posted.ts';

export const subjectOf = ({ docNumber }: Pick<PostedSale, 'docNumber'>): string => `posted:${docNumber}`;

/** Of something in QuickBooks that is not what we posted. */
export const foreignSubject = (realmId: string, { kind, id }: Pick<QuickBooksSale, 'kind' | 'id'>): string =>
  `books:${realmId}:${kind}:${id}`;

/** What is told of one that a person has changed in QuickBooks; `instead` is what has its number there now. */
export const driftException = (
  posted: PostedSale,
  entry: EntryRow,
  instead?: QuickBooksSale,
): FoundException | undefined => {
  const drift = openDrift(posted, entry);
  if (!drift) return undefined;
  const { docNumber, customerId, customerName, invoiceId, currency } = posted;
  const { code, nextStep } = driftSteps[drift.kind];
  const other = instead ? `, where another one (id ${instead.id}) has its number now` : '';
  return {
    subjectKey: subjectOf(posted),
    code: instead ? 'posted.other-id' : code,
    customerId,
    invoiceId,
    detail: `${docNumber} of ${customerName} was posted as ${drift.was} and is ${drift.is} in QuickBooks${other}`,
    nextStep,
    amount: { minor: drift.differenceMinor, currency },
  };
};

// Until its outcome is known here, what carries its mark there is most likely itself.
const isUnderWay = ({ status }: MarkedInvoice): boolean => status === 'posting' || status === 'in-doubt';

/** Something there that carries our mark and is not what we know: a copy of ours, or an invoice that we have no record of. */
export const foreignException = (
  realmId: string,
  sale: QuickBooksSale,
  marked: MarkedInvoice | undefined,
): FoundException | undefined => {
  const isWrittenAgain = marked?.voidIds.includes(sale.id) === true;
  const isKnown = marked && (isUnderWay(marked) || marked.quickBooksIds.includes(sale.id));
  if (sale.isVoided || (isKnown && !isWrittenAgain)) return undefined;
  const what = `${kindWords[sale.kind]} ${sale.docNumber || '(without a number)'} (id ${sale.id}, total ${sale.total})`;
  const of = {
    subjectKey: foreignSubject(realmId, sale),
    customerId: marked?.customerId ?? null,
    invoiceId: marked?.id,
  };
  if (marked && isWrittenAgain)
    return {
      ...of,
      code: 'posted.unknown',
      detail: `In QuickBooks ${what} of ${marked.customerName} was void or deleted, as it is here, and stands there once more`,
      nextStep: 'Make it void in QuickBooks: what it bills is settled here by what was said when it was void',
    };
  if (marked?.status === 'posted')
    return {
      ...of,
      code: 'posted.copied',
      detail: `In QuickBooks ${what} is a copy of ${marked.docNumber ?? 'an invoice'} of ${marked.customerName}`,
      nextStep:
        'Make sure in QuickBooks that the copy goes; where it is one of your own, our words in its note are to go',
    };
  return {
    ...of,
    code: 'posted.unknown',
    detail: `In QuickBooks ${what} carries the mark of an invoice ${marked ? `of ${marked.customerName} that is not posted here` : 'that is not known here'}`,
    nextStep: marked
      ? 'Look at both: the one in QuickBooks is to go, or press “Post to QuickBooks” here, which takes it for this one'
      : 'Look at it in QuickBooks: it is to go if it was made by mistake; where it is one of your own, our words in its note are to go',
  };
};
