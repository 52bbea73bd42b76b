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

// Whole words only: “Backup” is no part of “Backupper”.
const contains = (text: string, part: string): boolean => part !== '' && ` ${text} `.includes(` ${part} `);

// “Hours” is no name of “Compute hours”; “Business Premium” is one of “Microsoft 365 Business Premium”.
const namesProduct = (words: string, product: string): boolean =>
  contains(words, product) || (words.includes(' ') && contains(product, words));

const size = (minor: bigint): bigint => (minor < 0n ? -minor : minor);

/** From the surest on. An amount alone proves nothing, and so comes last and is said. */
const ways: readonly { pairedBy: PairedBy; isSameAmount: boolean }[] = [
  { pairedBy: 'words', isSameAmount: true },
  { pairedBy: 'product', isSameAmount: true },
  { pairedBy: 'words', isSameAmount: false },
  { pairedBy: 'product', isSameAmount: false },
  { pairedBy: 'amount', isSameAmount: true },
];

const anyWords = '*';

/**
 * Lines of QuickBooks that nothing is paired with yet, by what they say and by their amount. A month has thousands of them for one
 * customer: each is read once, and not once for each of ours, while everybody else's requests wait.
 */
const freeLines = (theirs: readonly TheirLine[]) => {
  const byWords = new Map<string, Set<TheirLine>>();
  const byAmount = new Map<string, Set<TheirLine>>();
  const places = new Map(theirs.map((line, place) => [line, place]));
  const keyOf = (words: string, minor: bigint): string => `${words}\n${minor}`;
  const saidBy = ({ description, item }: TheirLine): string[] => [...new Set([wordsOf(description), wordsOf(item)])];
  const addTo = (lines: Map<string, Set<TheirLine>>, key: string, line: TheirLine): void => {
    const known = lines.get(key);
    if (known) known.add(line);
    else lines.set(key, new Set([line]));
  };
  for (const line of theirs) {
    addTo(byAmount, keyOf(anyWords, line.minor), line);
    for (const words of saidBy(line).filter(Boolean)) {
      addTo(byWords, words, line);
      addTo(byAmount, keyOf(words, line.minor), line);
    }
  }
  const named = new Map<string, string[]>();
  const place = (line: TheirLine): number => places.get(line) ?? 0;
  const firstOf = (lines: readonly TheirLine[], distance: (line: TheirLine) => bigint): TheirLine | undefined => {
    let best: { line: TheirLine; far: bigint } | undefined;
    for (const line of lines) {
      const far = distance(line);
      if (best === undefined || far < best.far || (far === best.far && place(line) < place(best.line)))
        best = { line, far };
    }
    return best?.line;
  };
  return {
    /** What of it names a product. */
    naming: (product: string): string[] => {
      const known = named.get(product);
      if (known) return known;
      const found = [...byWords.keys()].filter((words) => namesProduct(words, product));
      named.set(product, found);
      return found;
    },
    ofAmount: (said: readonly string[], minor: bigint): TheirLine | undefined =>
      firstOf(
        said.flatMap((words) => byAmount.get(keyOf(words, minor))?.values().next().value ?? []),
        () => 0n,
      ),
    nearest: (said: readonly string[], minor: bigint): TheirLine | undefined =>
      firstOf(
        // What is charged and what is given back for one product are two things.
        said.flatMap((words) => [...(byWords.get(words) ?? [])].filter((line) => line.minor < 0n === minor < 0n)),
        (line) => size(line.minor - minor),
      ),
    take: (line: TheirLine): void => {
      byAmount.get(keyOf(anyWords, line.minor))?.delete(line);
      for (const words of saidBy(line)) {
        byWords.get(words)?.delete(line);
        byAmount.get(keyOf(words, line.minor))?.delete(line);
      }
    },
  };
};

/** Sets the lines of one customer in one currency against each other, each of them once. */
export const pairLines = (ours: readonly OurLine[], theirs: readonly TheirLine[]): PairedLine[] => {
  const left = new Map(ours.map((own) => [own, { words: wordsOf(own.description), product: productOf(own) }]));
  const alone = new Set(theirs);
  const free = freeLines(theirs);
  const paired: PairedLine[] = [];
  for (const { pairedBy, isSameAmount } of ways)
    for (const [own, { words, product }] of left) {
      const said = { words: [words], product: free.naming(product), amount: [anyWords] }[pairedBy];
      const found = isSameAmount ? free.ofAmount(said, own.minor) : free.nearest(said, own.minor);
      if (found === undefined) continue;
      left.delete(own);
      alone.delete(found);
      free.take(found);
      const outcome = found.minor === own.minor ? 'matched' : 'amount-differs';
      paired.push({ outcome, ours: own, theirs: found, pairedBy });
    }
  return [
    ...paired,
    ...[...left.keys()].map((own) => ({ outcome: 'ours-only' as const, ours: own, theirs: null, pairedBy: null })),
    ...[...alone].map((one) => ({ outcome: 'theirs-only' as const, ours: null, theirs: one, pairedBy: null })),
  ];
};

/** How much is between the two sides of a line. */
export const differenceOf = ({ ours, theirs }: PairedLine): bigint => size((ours?.minor ?? 0n) - (theirs?.minor ?? 0n));
