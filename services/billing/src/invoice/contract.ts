import { lineOfText } from '@legendops/kit/contract/line-of-text';
import { AmountMinor, Currency, Id, LocalDate, Timestamp } from '@legendops/kit/contract/values';
import { Verdict } from '@legendops/kit/contract/verdict';
import { z } from 'zod';

/** Why, in the words of whoever decides. */
const Reason = lineOfText(500);
const ContentHash = z.string().max(100);
/** At most so many digits that a line's numbers and their product are kept. */
const EditedQuantity = z.string().regex(/^-?\d{1,9}(\.\d{1,6})?$/);
const EditedPrice = z.string().regex(/^-?\d{1,7}(\.\d{1,8})?$/);

/**
 * `held`: nobody approves it until the day, or until it is released. `left`: it is not billed. `anew`: a run drafts it anew before
 * anybody approves it.
 */
export const Decision = z
  .object({
    kind: z.enum(['held', 'left', 'anew']),
    reason: z.string(),
    /** The day on which a hold ends by itself. */
    until: LocalDate.nullable(),
    by: z.string(),
    at: Timestamp,
  })
  .meta({ id: 'Decision' });

export const GivenApproval = z.object({ memberId: Id, by: z.string(), at: Timestamp }).meta({ id: 'GivenApproval' });

/** What a person has changed of a line, and what the rating says of it. */
export const LineEdit = z
  .object({
    reason: z.string(),
    by: z.string(),
    at: Timestamp,
    /** Null for a line of the person's own. */
    rated: z
      .object({ description: z.string(), quantity: z.string(), unitPrice: z.string(), amountMinor: AmountMinor })
      .nullable(),
  })
  .meta({ id: 'LineEdit' });

/** One change of a draft's lines; what is left out stays as the rating has it. It names what the person saw. */
export const DraftEdit = z
  .discriminatedUnion('act', [
    z.strictObject({
      act: z.literal('change'),
      contentHash: ContentHash,
      reason: Reason,
      lineId: Id,
      description: lineOfText(1_000).optional(),
      quantity: EditedQuantity.optional(),
      unitPrice: EditedPrice.optional(),
    }),
    z.strictObject({
      act: z.literal('add'),
      contentHash: ContentHash,
      reason: Reason,
      description: lineOfText(1_000),
      quantity: EditedQuantity,
      unitPrice: EditedPrice,
    }),
    /** Takes a person's change back: their own line goes, a rated one is as rated again. */
    z.strictObject({ act: z.literal('undo'), contentHash: ContentHash, reason: Reason, lineId: Id }),
  ])
  .meta({ id: 'DraftEdit' });

export const Hold = z.strictObject({ reason: Reason, until: LocalDate.optional() }).meta({ id: 'Hold' });

/** `anew`: a run drafts it again, without what persons changed; `left`: its things are not billed, which is told with the amount. */
export const Rejection = z
  .strictObject({ contentHash: ContentHash, reason: Reason, things: z.enum(['anew', 'left']) })
  .meta({ id: 'Rejection' });

export const TakingBack = z.strictObject({ reason: Reason }).meta({ id: 'TakingBack' });

export const mostAtOnce = 200;

export const Approvals = z
  .strictObject({
    invoices: z
      .array(z.strictObject({ id: Id, contentHash: ContentHash }))
      .min(1)
      .max(mostAtOnce),
  })
  .meta({ id: 'Approvals' });

/** What became of each: `first` waits for a second person; of what was refused, why. */
export const ApprovalFates = z
  .object({
    data: z.array(
      z.object({
        id: Id,
        outcome: z.enum(['approved', 'settled', 'first', 'refused']),
        why: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'ApprovalFates' });

/** Above this amount two persons approve. */
export const ApprovalLimit = z.object({ currency: Currency, limitMinor: AmountMinor }).meta({ id: 'ApprovalLimit' });
export const ApprovalLimits = z
  .object({ data: z.array(ApprovalLimit), acts: z.object({ change: Verdict }) })
  .meta({ id: 'ApprovalLimits' });
export const NewApprovalLimit = z
  .strictObject({
    currency: Currency,
    /** Null takes the limit away: one person approves any amount. */
    limitMinor: z
      .string()
      .regex(/^\d{1,18}$/)
      .nullable(),
  })
  .meta({ id: 'NewApprovalLimit' });

export type Decision = z.infer<typeof Decision>;
export type GivenApproval = z.infer<typeof GivenApproval>;
export type LineEdit = z.infer<typeof LineEdit>;
export type DraftEdit = z.infer<typeof DraftEdit>;
export type Hold = z.infer<typeof Hold>;
export type Rejection = z.infer<typeof Rejection>;
export type ApprovalFates = z.infer<typeof ApprovalFates>;
export type ApprovalLimit = z.infer<typeof ApprovalLimit>;
export type ApprovalLimits = z.infer<typeof ApprovalLimits>;
export type NewApprovalLimit = z.infer<typeof NewApprovalLimit>;
