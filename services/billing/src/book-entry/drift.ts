import { createHash } from 'node:crypto';
import { minorDigits } from '@legendops/kit/contract/currency';
import { heldMinor } from '../invoice/kind-words.ts';
import { amountText } from '../rating/currency.ts';
import { parseScaled } from '../rating/decimal.ts';
import type { DriftKind } from './contract.ts';
import type { EntryRow, PostedSale } from './entry-row.ts';

type Posted = Pick<PostedSale, 'kind' | 'docNumber' | 'currency' | 'totalMinor' | 'sentTo' | 'sentLines'>;
type Entry = Pick<
  EntryRow,
  'state' | 'doc_number' | 'remote_customer_id' | 'currency' | 'total_minor' | 'tax_minor' | 'line_minors'
>;

/** What is not as it was posted. */
export interface FoundDrift {
  kind: DriftKind;
  was: string;
  is: string;
  /** The money between the two. */
  differenceMinor: bigint;
}

/** What a person has seen of it, as they accept it: when anything of this changes it is told again. */
export const seenOf = (entry: Entry): string =>
  JSON.stringify([
    entry.state,
    entry.doc_number,
    entry.remote_customer_id,
    entry.currency,
    (entry.total_minor - entry.tax_minor).toString(),
    entry.line_minors,
  ]);

/** Names all of that in an answer of a person's, however many lines there are. */
export const tagOf = (entry: Entry): string => createHash('sha256').update(seenOf(entry)).digest('base64url');

const distance = (one: bigint, other: bigint): bigint => (one > other ? one - other : other - one);

/** Lines are compared by their amounts: what a person writes into a description is theirs. */
const linesDiffer = ({ sentLines, currency }: Posted, { line_minors: held }: Entry): boolean =>
  sentLines !== null &&
  held !== null &&
  (sentLines.length !== held.length ||
    sentLines.some((amount, place) => parseScaled(amount, minorDigits(currency)).toString() !== held[place]));

/** How it differs from what was posted, the gravest first; undefined where it does not. */
export const driftOf = (posted: Posted, entry: Entry): FoundDrift | undefined => {
  const { docNumber, currency, sentTo, sentLines } = posted;
  const total = heldMinor(posted);
  const net = entry.total_minor - entry.tax_minor;
  const money = (minor: bigint, of = currency): string => `${amountText(minor, of)} ${of}`;
  const all = { was: money(total), differenceMinor: total };
  if (entry.state === 'deleted') return { kind: 'deleted', ...all, is: 'not there any more' };
  if (entry.state === 'voided') return { kind: 'voided', ...all, is: 'void' };
  if (entry.currency !== null && entry.currency !== currency)
    return { kind: 'currency', ...all, is: money(net, entry.currency) };
  if (net !== total) return { kind: 'total', was: money(total), is: money(net), differenceMinor: distance(net, total) };
  if (sentTo !== null && entry.remote_customer_id !== null && entry.remote_customer_id !== sentTo)
    return {
      kind: 'customer',
      was: `of customer ${sentTo}`,
      is: `of customer ${entry.remote_customer_id}`,
      differenceMinor: total,
    };
  if (entry.doc_number !== docNumber)
    return { kind: 'number', was: docNumber, is: entry.doc_number || 'without a number', differenceMinor: 0n };
  if (linesDiffer(posted, entry))
    return {
      kind: 'lines',
      was: `${sentLines?.length ?? 0} lines`,
      is: `${entry.line_minors?.length ?? 0} lines of other amounts`,
      differenceMinor: 0n,
    };
  return undefined;
};

/** What nobody has accepted yet. */
export const openDrift = (posted: Posted, entry: Entry & Pick<EntryRow, 'accepted'>): FoundDrift | undefined =>
  entry.accepted !== null && entry.accepted === seenOf(entry) ? undefined : driftOf(posted, entry);
