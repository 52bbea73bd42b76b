import { expect, it } from 'vitest';
import { pairLines, type OurLine, type TheirLine } from './pair-lines.ts';

const our = (description: string, minor: number): OurLine => ({ description, minor: BigInt(minor) });
const their = (description: string, minor: number, item = 'Services'): TheirLine => ({
  kind: minor < 0 ? 'credit-memo' : 'invoice',
  quickBooksId: '1',
  docNumber: '1001',
  description,
  item,
  minor: BigInt(minor),
});
const inBrief = (ours: OurLine[], theirs: TheirLine[]) =>
  pairLines(ours, theirs).map((one) => [
    one.outcome,
    one.ours?.description ?? null,
    one.theirs?.description ?? null,
    one.pairedBy,
  ]);

it.each([
  [
    'the same words',
    our('Productivity Suite, monthly', 5),
    their('productivity suite – Monthly', 5),
    'matched',
    'words',
  ],
  [
    'the product named',
    our('Productivity Suite, monthly', 5),
    their('45 x Productivity Suite', 5),
    'matched',
    'product',
  ],
  ['its item', our('Productivity Suite, monthly', 5), their('', 5, 'Productivity Suite'), 'matched', 'product'],
  [
    'another amount',
    our('Productivity Suite, monthly', 5),
    their('Productivity Suite', 7),
    'amount-differs',
    'product',
  ],
  ['the amount alone', our('Productivity Suite, monthly', 5), their('Seats', 5), 'matched', 'amount'],
])('%s', (_title, ours, theirs, outcome, pairedBy) => {
  expect(pairLines([ours], [theirs])).toEqual([{ outcome, ours, theirs, pairedBy }]);
});

it('what is given back is set against what is given back, and never against a charge', () => {
  expect(
    inBrief(
      [our('Suite, monthly', 500), our('Suite, correction', -40)],
      [their('Suite', -45), their('Suite', -500), their('Suite', 480)],
    ),
  ).toEqual([
    ['amount-differs', 'Suite, monthly', 'Suite', 'product'],
    ['amount-differs', 'Suite, correction', 'Suite', 'product'],
    ['theirs-only', null, 'Suite', null],
  ]);
  expect(inBrief([our('Suite, monthly', 5)], [their('Suite', -5)]).map(([outcome]) => outcome)).toEqual([
    'ours-only',
    'theirs-only',
  ]);
});

it('a part of a word is no product', () => {
  expect(inBrief([our('Backup, monthly', 5)], [their('Backupper', 6)])).toEqual([
    ['ours-only', 'Backup, monthly', null, null],
    ['theirs-only', null, 'Backupper', null],
  ]);
});

it('a word of a product is not its name, two of them are', () => {
  expect(
    inBrief([our('Compute hours, rg-main', 5)], [their('Support', 6, 'Hours')]).map(([outcome]) => outcome),
  ).toEqual(['ours-only', 'theirs-only']);
  expect(inBrief([our('Acme 365 Business Premium, monthly', 5)], [their('Business Premium', 6)])).toEqual([
    ['amount-differs', 'Acme 365 Business Premium, monthly', 'Business Premium', 'product'],
  ]);
});

it('each line is taken once, the surest and the nearest first', () => {
  expect(
    inBrief(
      [our('Suite, monthly', 10), our('Suite, annual', 100)],
      [their('Suite', 101), their('Suite', 10), their('Suite', 500)],
    ),
  ).toEqual([
    ['matched', 'Suite, monthly', 'Suite', 'product'],
    ['amount-differs', 'Suite, annual', 'Suite', 'product'],
    ['theirs-only', null, 'Suite', null],
  ]);
});

it('neither side loses a minor unit, whatever is paired', () => {
  let state = 7;
  const next = (below: number): number => (state = (state * 48_271) % 2_147_483_647) % below;
  for (let round = 0; round < 200; round += 1) {
    const name = () => ['Suite', 'Backup per device', 'Cloud, rg-main', 'Phones', ''][next(5)] ?? '';
    const ours = Array.from({ length: next(9) }, () => our(name(), next(40) - 10));
    const theirs = Array.from({ length: next(9) }, () => their(name(), next(40) - 10));
    const lines = pairLines(ours, theirs);
    const sum = (of: readonly ({ minor: bigint } | null)[]) => of.reduce((all, one) => all + (one?.minor ?? 0n), 0n);
    expect(sum(lines.map((one) => one.ours))).toBe(sum(ours));
    expect(sum(lines.map((one) => one.theirs))).toBe(sum(theirs));
    expect(lines.flatMap((one) => one.ours ?? [])).toHaveLength(ours.length);
    expect(lines.flatMap((one) => one.theirs ?? [])).toHaveLength(theirs.length);
  }
});

it('thousands of lines of one customer are read once each, and not once for each other', () => {
  let reads = 0;
  const counted = <Line extends { description: string }>(line: Line): Line => {
    const { description } = line;
    return Object.defineProperty({ ...line }, 'description', {
      get: () => {
        reads += 1;
        return description;
      },
    });
  };
  const numbers = Array.from({ length: 2_000 }, (_, n) => n);
  const ours = numbers.map((n) => counted(our(`Storage ${n % 50}, group ${n}`, n)));
  const theirs = numbers.map((n) => counted(their(`Storage ${n % 50}`, 2_000 + n)));
  const paired = pairLines(ours, theirs);
  expect(paired.every(({ pairedBy }) => pairedBy === 'product')).toBe(true);
  expect(reads).toBeLessThan(10 * (ours.length + theirs.length));
});
