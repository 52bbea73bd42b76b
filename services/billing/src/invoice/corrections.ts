import { exceptionKind, type ExceptionCode } from '../exception/exception-kinds.ts';
import { amountText } from '../rating/currency.ts';
import type { Period } from '../rating/period.ts';
import type { Rated } from '../rating/rate.ts';
import type { CustomerValue, DraftLine, FoundException } from '../rating/rating-values.ts';
import { isSameUse, thingOf, type Use } from '../rating/use.ts';
import { isOwn } from './line-edits.ts';
import type { Approved, BilledThing } from './settled-invoices.ts';

/** What a customer owes, or is owed, for a month that is approved: lines of a later invoice. */
export interface Correction {
  customerId: string;
  customerName: string;
  period: Period;
  lines: DraftLine[];
}

/** What has changed of an approved invoice: as lines, and what has no price by which it could be one. */
export interface Corrected {
  correction: Correction | undefined;
  exceptions: FoundException[];
}

interface Found {
  amountMinor: bigint;
  costMinor: bigint | null;
  lines: DraftLine[];
}

/** What the rating finds of an approved month now. */
export interface Compared {
  rated: Rated;
  /** The customer's lines, without what another invoice has. */
  lines: readonly DraftLine[];
  /** Lines that were dropped because this invoice has them though somebody else used them. */
  usedByOthers: ReadonlySet<string>;
  customer: CustomerValue | undefined;
  period: Period;
  currency: string;
}

const byThing = (lines: readonly DraftLine[]): Map<string, Found> => {
  const found = new Map<string, Found>();
  for (const line of lines) {
    const thing = thingOf(line.sourceKey);
    const before = found.get(thing) ?? { amountMinor: 0n, costMinor: 0n, lines: [] };
    found.set(thing, {
      amountMinor: before.amountMinor + line.amountMinor,
      costMinor: before.costMinor === null || line.costMinor === null ? null : before.costMinor + line.costMinor,
      lines: [...before.lines, line],
    });
  }
  return found;
};

const monthName = ({ start }: Period): string =>
  new Intl.DateTimeFormat('en', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${start}T00:00:00Z`),
  );

/** What the difference is to whoever pays it. */
const titleOf = (billed: BilledThing | undefined): string => {
  if (!billed) return 'Billed late,';
  return billed.isVoid && billed.amountMinor === 0n ? 'Billed anew,' : 'Correction';
};

const nothing: Found = { amountMinor: 0n, costMinor: 0n, lines: [] };
const million = 1_000_000n;
const e8 = 100_000_000n;

/** The difference as one line. Its key names the thing, its customer and month, and how often it was corrected before. */
const lineOf = (
  { customerId }: Approved,
  { period, currency }: Compared,
  { thing, billed, now }: { thing: string; billed: BilledThing | undefined; now: Found },
): DraftLine => {
  const amountMinor = now.amountMinor - (billed?.amountMinor ?? 0n);
  const before = billed === undefined ? 0n : billed.costMinor;
  const what = billed?.description ?? now.lines[0]?.description ?? 'something';
  const text = (minor: bigint): string => `${amountText(minor, currency)} ${currency}`;
  return {
    sourceKey: `correction:${period.start}:${customerId}:${(billed?.corrections ?? 0) + 1}:${thing}`,
    description: `${titleOf(billed)} of ${monthName(period)}: ${what}`,
    quantityE6: million,
    unitPriceE8: amountMinor * e8,
    amountMinor,
    costMinor: now.costMinor === null || before === null ? null : now.costMinor - before,
    share: { days: 1, of: 1 },
    ruleId: null,
    corrects: { period: period.start, lineId: billed?.lineId ?? null },
    steps: () => [
      ...now.lines.flatMap(({ steps }) => steps()),
      `${text(now.amountMinor)} now, ${text(billed?.amountMinor ?? 0n)} billed until now`,
    ],
  };
};

/**
 * What is rated now, with what persons had changed of it on what is void: billed anew it is what they meant. Their change of
 * what is rated no more goes with it.
 */
const meant = (thing: string, found: Found | undefined, billed: BilledThing | undefined): Found => {
  const { amountMinor, ...rest } = found ?? nothing;
  const changed = billed && (found || isOwn(thing)) ? billed.changedMinor : 0n;
  return { ...rest, amountMinor: amountMinor + changed };
};

/** A subscription by its id; usage by its summary, of which a subject may have several products. */
const isOfSubject = (thing: string, { subjectKey, sourceKey }: FoundException): boolean =>
  sourceKey === undefined
    ? subjectKey === thing || (thing.startsWith('usage:') && subjectKey.split(':')[1] === thing.split(':')[1])
    : thingOf(sourceKey) === thing;

// A rule says what of these is billed, whatever a person does about the rest: a correction of it is one.
const billedByRule = new Set<ExceptionCode>([
  'return.undecided',
  'quantity.added',
  'term.changed',
  'start.moved',
  'subscription.late',
]);

const ofThing = (uses: readonly Use[], thing: string): Use[] =>
  uses.filter(({ sourceKey }) => thingOf(sourceKey) === thing);

/**
 * Sets what the rating finds now against what is billed, thing by thing. What cannot be priced now is no credit: it is told
 * where it was used otherwise than it is billed, and left alone where it was not, since its price is settled.
 */
export const correct = (approved: Approved, compared: Compared): Corrected => {
  const { customerId, customerName, things } = approved;
  const { rated, period, currency, usedByOthers } = compared;
  const uses = rated.uses.filter((use) => use.customerId === customerId);
  const unbilled = rated.exceptions.filter(({ code }) => !exceptionKind(code).isBilled && !billedByRule.has(code));
  const now = byThing(compared.lines);
  const lines: DraftLine[] = [];
  const unpriced: BilledThing[] = [];
  for (const thing of [...new Set([...things.keys(), ...now.keys()])].toSorted()) {
    const billed = things.get(thing);
    const found = meant(thing, now.get(thing), billed);
    if (found.amountMinor === (billed?.amountMinor ?? 0n) || usedByOthers.has(thing)) continue;
    const held = unbilled.filter((exception) => isOfSubject(thing, exception));
    // Lines of persons' own need no company at Pax8.
    if ((compared.customer !== undefined || isOwn(thing)) && held.length === 0) {
      lines.push(lineOf(approved, compared, { thing, billed, now: found }));
      continue;
    }
    const isTold = held.some(({ sourceKey }) => sourceKey === undefined);
    if (billed && !isTold && !isSameUse(ofThing(approved.uses, thing), ofThing(uses, thing))) unpriced.push(billed);
  }
  return {
    correction: lines.length === 0 ? undefined : { customerId, customerName, period, lines },
    exceptions: unpriced.length === 0 ? [] : [differs(approved, { period, currency, unpriced })],
  };
};

const differs = (
  { customerId, customerName }: Approved,
  { period, currency, unpriced }: { period: Period; currency: string; unpriced: readonly BilledThing[] },
): FoundException => ({
  subjectKey: `invoice:${customerId}:${period.start}`,
  code: 'invoice.differs',
  customerId,
  detail: `What ${customerName} used in ${period.start.slice(0, 7)} is no longer what its invoice says, and has no price now: ${unpriced.map(({ description }) => description).join('; ')}`,
  nextStep: 'Press “Add rule” under “Prices”; the next invoice run writes the difference onto the next invoice',
  amount: { minor: unpriced.reduce((sum, { amountMinor }) => sum + amountMinor, 0n), currency },
});
