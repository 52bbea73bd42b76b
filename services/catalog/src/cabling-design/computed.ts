import type { DesignContent } from '../cabling-content/contract.ts';
import { findCalculator } from '../calculators/run.ts';
import { billOf, type CatalogFacts } from './bill.ts';
import { canonicalText } from './canonical-text.ts';
import { checkDesign, recorder } from './checks.ts';
import { NoteCode, type Bill, type CablingDesign, type DesignCheck, type Recalculation } from './contract.ts';

/** What is kept beside a design: years later it still says what it said, whatever calculators and prices have become. */
export interface Computed {
  checks: DesignCheck[];
  bill: Bill;
}

/** The design with today's calculators; pure. */
export const computeDesign = (content: DesignContent, facts: CatalogFacts): Computed => {
  const { ask, checks } = recorder(content.profile);
  const counted = checkDesign(ask, content);
  const bill = billOf(ask, content, counted, facts);
  return { checks, bill };
};

const notes: ReadonlySet<string> = new Set(NoteCode.options);

/** Whether a limit is broken, or may be: not only something to know of a figure. */
export const isFault = ({ code }: { code: string }): boolean => !notes.has(code);

export const faultsOf = ({ checks }: Computed): { warnings: number; refusals: number } => ({
  warnings: checks.reduce((sum, { warnings }) => sum + warnings.filter(isFault).length, 0),
  refusals: checks.filter(({ refused }) => refused.length > 0).length,
});

/** Calculators of which a newer version answers by now. */
export const newerThan = ({ checks }: Computed): CablingDesign['newer'] => {
  const kept = new Map(checks.map(({ calculator: { id, version } }) => [id, version]));
  return [...kept].flatMap(([id, from]) => {
    const to = findCalculator(id)?.version ?? from;
    return to === from ? [] : [{ id, from, to }];
  });
};

type Difference = Recalculation['differences'][number];

const text = (value: unknown): string | null => {
  if (value === undefined || value === null) return null;
  return typeof value === 'string' ? value : canonicalText(value);
};

type Fields = Readonly<Record<string, unknown>>;

const differing = (before: Fields, after: Fields): Pick<Difference, 'field' | 'before' | 'after'>[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted().flatMap((field) => {
    const [one, other] = [text(before[field]), text(after[field])];
    return one === other ? [] : [{ field, before: one, after: other }];
  });

const saidBy = (check: DesignCheck | undefined): Fields =>
  check === undefined ? {} : { ...check.input, ...check.output, warnings: check.warnings, refused: check.refused };

const named = <Item>(items: readonly Item[], nameOf: (item: Item) => string): Map<string, Item> => {
  // Several of one name stand in their order: the third is compared with the third.
  const counts = new Map<string, number>();
  return new Map(
    items.map((item) => {
      const name = nameOf(item);
      const count = (counts.get(name) ?? 0) + 1;
      counts.set(name, count);
      return [`${name} ${count}`, item];
    }),
  );
};

const pairs = <Item>(before: readonly Item[], after: readonly Item[], nameOf: (item: Item) => string) => {
  const [one, other] = [named(before, nameOf), named(after, nameOf)];
  return [...new Set([...one.keys(), ...other.keys()])].map((name) => [one.get(name), other.get(name)] as const);
};

/** What is otherwise between two computations of one design; none where they say the same. */
export const differencesBetween = (before: Computed, after: Computed): Difference[] => {
  const nameOf = ({ about, calculator }: DesignCheck): string => `${about.part} ${about.key} ${calculator.id}`;
  const ofChecks = pairs(before.checks, after.checks, nameOf).flatMap(([one, other]) => {
    const { about, calculator } = (one ?? other) as DesignCheck;
    const versions = {
      fromVersion: one?.calculator.version ?? null,
      toVersion: other?.calculator.version ?? null,
    };
    return differing(saidBy(one), saidBy(other)).map((each) => ({
      about: about.name,
      of: calculator.id,
      ...versions,
      ...each,
    }));
  });
  const bill = { of: 'bill', fromVersion: null, toVersion: null };
  const ofLines = pairs(before.bill.lines, after.bill.lines, ({ productId }) => productId).flatMap(([one, other]) =>
    differing({ ...one }, { ...other }).map((each) => ({ about: other?.sku || one?.sku || '', ...bill, ...each })),
  );
  const { lines: _before, ...headBefore } = before.bill;
  const { lines: _after, ...headAfter } = after.bill;
  return [
    ...ofChecks,
    ...ofLines,
    ...differing(headBefore, headAfter).map((each) => ({ about: 'Bill of materials', ...bill, ...each })),
  ];
};
