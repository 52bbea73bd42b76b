import type { PaidByRule } from './further-lines.ts';
import type { CustomerUse, CustomerValue, Draft, DraftLine, FoundException, PriceRuleValue } from './rating-values.ts';

export interface RatedLine {
  customer: CustomerValue;
  line: DraftLine;
  /** What it is made by, where that is something of the month: it counts towards the rule's minimum. */
  rule: PriceRuleValue | undefined;
}

/** What one subject comes to: all of it is billed, or nothing. */
export interface Found {
  lines: RatedLine[];
  uses: CustomerUse[];
  exceptions: FoundException[];
}

/** What all subjects together come to. */
export interface DraftAccount {
  add(found: Found): void;
  /** What counts towards minimums. */
  counted: readonly PaidByRule[];
  uses: CustomerUse[];
  exceptions: FoundException[];
  /** Each with its lines in the order of their keys. */
  drafts(): Draft[];
}

const emptyDraft = ({ id, name }: CustomerValue): Draft => ({
  customerId: id,
  customerName: name,
  lines: [],
  totalMinor: 0n,
});

const byKey = (a: DraftLine, b: DraftLine): number => (a.sourceKey < b.sourceKey ? -1 : 1);

export const draftAccount = (): DraftAccount => {
  const drafts = new Map<string, Draft>();
  const counted: PaidByRule[] = [];
  const uses: CustomerUse[] = [];
  const exceptions: FoundException[] = [];
  let lastKey = '';
  // As long as subjects come in the order of their keys, as the database gives them: a comparison with what was written a
  // moment ago is cheap, one among the lines of a draft is not.
  let isInOrder = true;

  const addLine = ({ customer, line, rule }: RatedLine): void => {
    let draft = drafts.get(customer.id);
    if (!draft) drafts.set(customer.id, (draft = emptyDraft(customer)));
    draft.lines.push(line);
    draft.totalMinor += line.amountMinor;
    if (line.sourceKey < lastKey) isInOrder = false;
    lastKey = line.sourceKey;
    if (rule && rule.minimumMinor !== null) counted.push({ customer, rule, amountMinor: line.amountMinor });
  };

  return {
    counted,
    uses,
    exceptions,
    add: (found) => {
      for (const line of found.lines) addLine(line);
      for (const use of found.uses) uses.push(use);
      for (const exception of found.exceptions) exceptions.push(exception);
    },
    drafts: () => {
      const all = [...drafts.values()];
      if (!isInOrder) for (const draft of all) draft.lines.sort(byKey);
      return all;
    },
  };
};
