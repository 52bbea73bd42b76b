import { isStorable } from '@legendops/kit/db/storable';
import type { Draft, DraftLine, RatedContent } from '../rating/rating-values.ts';
import { divRound } from '../rating/decimal.ts';

/** What a person has changed of one line; a null is as the rating has it. */
export interface LineEditValue {
  sourceKey: string;
  description: string | null;
  quantityE6: bigint | null;
  unitPriceE8: bigint | null;
}

const ownPrefix = 'manual:';
const scale = 10n ** 14n;

export const ownKey = (id: string): string => `${ownPrefix}${id}`;

/** Whether a line is a person's own, which no rating has said anything of. */
export const isOwn = (sourceKey: string): boolean => sourceKey.startsWith(ownPrefix);

/** Whether a line of these numbers can be kept. */
export const isKept = ({ quantityE6, unitPriceE8 }: Pick<RatedContent, 'quantityE6' | 'unitPriceE8'>): boolean =>
  [quantityE6, unitPriceE8, divRound(quantityE6 * unitPriceE8, scale)].every(isStorable);

/** The line's words and numbers with a person's change. Whose words alone are changed keeps an amount that was prorated. */
export const edited = (rated: RatedContent, { description, quantityE6, unitPriceE8 }: LineEditValue): RatedContent => {
  const quantity = quantityE6 ?? rated.quantityE6;
  const unitPrice = unitPriceE8 ?? rated.unitPriceE8;
  return {
    description: description ?? rated.description,
    quantityE6: quantity,
    unitPriceE8: unitPrice,
    amountMinor:
      quantityE6 === null && unitPriceE8 === null ? rated.amountMinor : divRound(quantity * unitPrice, scale),
  };
};

const nothing: RatedContent = { description: '', quantityE6: 0n, unitPriceE8: 0n, amountMinor: 0n };

/** What a person's own line says. */
export const ownContent = (edit: LineEditValue): RatedContent => edited(nothing, edit);

const ownLine = (edit: LineEditValue): DraftLine => ({
  sourceKey: edit.sourceKey,
  ...ownContent(edit),
  costMinor: null,
  share: { days: 1, of: 1 },
  ruleId: null,
  steps: () => [],
});

/**
 * The draft as persons want it: each line that the rating still has with what they changed, their own lines after them. What
 * was changed and is not rated any more is gone with its thing.
 */
export const withEdits = (draft: Draft, edits: readonly LineEditValue[]): Draft => {
  if (edits.length === 0) return draft;
  const byKey = new Map(edits.map((edit) => [edit.sourceKey, edit]));
  const rated = draft.lines.map((line): DraftLine => {
    const edit = byKey.get(line.sourceKey);
    if (!edit) return line;
    const { description, quantityE6, unitPriceE8, amountMinor } = line;
    const content = { description, quantityE6, unitPriceE8, amountMinor };
    return { ...line, ...edited(content, edit), rated: content };
  });
  const lines = [...rated, ...edits.filter(({ sourceKey }) => isOwn(sourceKey)).map(ownLine)];
  return { ...draft, lines, totalMinor: lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0n) };
};
