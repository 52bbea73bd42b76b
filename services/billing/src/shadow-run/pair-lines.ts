import type { InvoiceKind } from '../contract.ts';
import type { PairedBy, ShadowOutcome } from './contract.ts';

/** A line that we would bill. */
export interface OurLine {
  description: string;
  minor: bigint;
}

/** A line that is in QuickBooks. */
export interface TheirLine {
  kind: InvoiceKind;
  quickBooksId: string;
  docNumber: string;
  description: string;
  item: string;
  minor: bigint;
}

export interface PairedLine {
  outcome: ShadowOutcome;
  ours: OurLine | null;
  theirs: TheirLine | null;
  pairedBy: PairedBy | null;
}

const wordsOf = (text: string): string =>
  text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .join(' ');

/** The product of a line of ours: what comes before the commas, which say term and days. */
const productOf = ({ description }: OurLine): string => wordsOf(description.split(',')[0] ?? '');

const saysWords = ({ description, item }: TheirLine, words: string): boolean =>
  words !== '' && [description, item].some((text) => wordsOf(text) === words);

// Whole words only: “Backup” is no part of “Backupper”.
const contains = (text: string, part: string): boolean => part !== '' && ` ${text} `.includes(` ${part} `);

const saysProduct = ({ description, item }: TheirLine, product: string): boolean =>
  [description, item].some((text) => {
    const words = wordsOf(text);
    // “Hours” is no name of “Compute hours”; “Business Premium” is one of “Microsoft 365 Business Premium”.
    return contains(words, product) || (words.includes(' ') && contains(product, words));
  });

const size = (minor: bigint): bigint => (minor < 0n ? -minor : minor);

interface Way {
  pairedBy: PairedBy;
  isSameAmount: boolean;
  fits: (ours: OurLine, theirs: TheirLine) => boolean;
}

/** From the surest on. An amount alone proves nothing, and so comes last and is said. */
const ways: readonly Way[] = [
  { pairedBy: 'words', isSameAmount: true, fits: (ours, theirs) => saysWords(theirs, wordsOf(ours.description)) },
  { pairedBy: 'product', isSameAmount: true, fits: (ours, theirs) => saysProduct(theirs, productOf(ours)) },
  { pairedBy: 'words', isSameAmount: false, fits: (ours, theirs) => saysWords(theirs, wordsOf(ours.description)) },
  { pairedBy: 'product', isSameAmount: false, fits: (ours, theirs) => saysProduct(theirs, productOf(ours)) },
  { pairedBy: 'amount', isSameAmount: true, fits: () => true },
];

// What is charged and what is given back for one product are two things.
const isSameSide = (ours: OurLine, theirs: TheirLine): boolean => ours.minor < 0n === theirs.minor < 0n;

const nearest = (ours: OurLine, candidates: readonly TheirLine[]): TheirLine | undefined =>
  candidates.reduce<TheirLine | undefined>(
    (best, one) => (best === undefined || size(one.minor - ours.minor) < size(best.minor - ours.minor) ? one : best),
    undefined,
  );

/** Sets the lines of one customer in one currency against each other, each of them once. */
export const pairLines = (ours: readonly OurLine[], theirs: readonly TheirLine[]): PairedLine[] => {
  const [left, free] = [new Set(ours), new Set(theirs)];
  const paired: PairedLine[] = [];
  for (const { pairedBy, isSameAmount, fits } of ways)
    for (const own of left) {
      const candidates = [...free].filter(
        (one) => isSameSide(own, one) && (!isSameAmount || one.minor === own.minor) && fits(own, one),
      );
      const found = nearest(own, candidates);
      if (found === undefined) continue;
      left.delete(own);
      free.delete(found);
      const outcome = found.minor === own.minor ? 'matched' : 'amount-differs';
      paired.push({ outcome, ours: own, theirs: found, pairedBy });
    }
  const alone: PairedLine[] = [
    ...[...left].map((own) => ({ outcome: 'ours-only' as const, ours: own, theirs: null, pairedBy: null })),
    ...[...free].map((one) => ({ outcome: 'theirs-only' as const, ours: null, theirs: one, pairedBy: null })),
  ];
  return [...paired, ...alone];
};

/** How much is between the two sides of a line. */
export const differenceOf = ({ ours, theirs }: PairedLine): bigint => size((ours?.minor ?? 0n) - (theirs?.minor ?? 0n));
