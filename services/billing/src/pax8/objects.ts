import { storable } from '@legendops/kit/db/storable';
import { z } from 'zod';

/** Pax8's objects as far as they are used; numbers are their source text (parseExactJson). */

export const NumberText = z.string().regex(/^-?\d+(\.\d+)?([eE][+-]?\d+)?$/);

// The 30th of February and the year 0, which is no date to PostgreSQL, match a pattern; a calendar does not give them back.
const isOnCalendar = (date: string): boolean => {
  const time = Date.parse(`${date}T00:00:00Z`);
  return !date.startsWith('0000') && !Number.isNaN(time) && new Date(time).toISOString().startsWith(date);
};

// Four spellings occur: date, RFC 3339, with milliseconds, and an offset without its colon. Only the date counts here.
export const CalendarDate = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}([T ].*)?$/)
  .transform((text) => text.slice(0, 10))
  .refine(isOnCalendar, 'no date of the calendar');

// What names a thing is part of an index, which takes no more than some 2,700 bytes of all its columns together.
const longestText = 256;

/** One that is longer is cut: because of one odd name nothing else may stop. */
export const textOf = (longest: number) => z.string().transform((text) => storable(text.slice(0, longest)));
const Text = textOf(longestText);

export const CurrencyCode = z.string().regex(/^[\x21-\x7e]{3}$/);

// Less than none is bought by nobody: it would be paid out.
const Quantity = NumberText.refine((text) => !(Number(text) < 0), 'less than nothing');

export const Company = z.object({
  id: z.guid(),
  name: textOf(512),
  status: z.enum(['Active', 'Inactive', 'Deleted']),
});

export const Subscription = z.object({
  id: z.guid(),
  companyId: z.guid(),
  productId: z.guid(),
  productName: textOf(512).nullish(),
  quantity: Quantity,
  status: Text,
  billingTerm: Text,
  startDate: CalendarDate,
  endDate: CalendarDate.nullish(),
  /** Pax8's suggestion, by which nothing is billed. */
  price: NumberText.nullish(),
  partnerCost: NumberText.nullish(),
  currencyCode: CurrencyCode.nullish(),
  commitmentTerm: z.object({ id: z.guid(), term: Text.nullish(), endDate: CalendarDate.nullish() }).nullish(),
});

/** What a product's commitments let go before their end. */
export const Dependencies = z.object({
  commitmentDependencies: z
    .array(
      z.object({
        id: z.guid(),
        allowForQuantityDecrease: z.boolean().nullish(),
        allowForEarlyCancellation: z.boolean().nullish(),
        cancellationFeeApplied: z.boolean().nullish(),
      }),
    )
    .default([]),
});

export const UsageSummary = z.object({
  id: z.guid(),
  companyId: z.guid(),
  productId: z.guid(),
  subscriptionId: z.guid().nullish(),
  resourceGroup: Text.nullish(),
  currencyCode: CurrencyCode.nullish(),
  isTrial: z.boolean().nullish(),
});

export const UsageLine = z.object({
  usageDate: CalendarDate,
  productId: z.guid(),
  productName: textOf(512).nullish(),
  unitOfMeasure: Text.nullish(),
  quantity: NumberText,
  currentCharges: NumberText,
  partnerTotal: NumberText,
  currencyCode: CurrencyCode.nullish(),
  isTrial: z.boolean().nullish(),
});

export const Product = z.object({ id: z.guid(), name: textOf(512) });

const PageBlock = z.object({
  size: z.coerce.number().int(),
  totalElements: z.coerce.number().int().min(0),
  totalPages: z.coerce.number().int().min(0),
  number: z.coerce.number().int().min(0),
});

/** An empty list may come without `content`; that is an empty list only beside a valid page block. */
export const PageAnswer = z.object({ content: z.array(z.unknown()).default([]), page: PageBlock });

export type Company = z.infer<typeof Company>;
export type Subscription = z.infer<typeof Subscription>;
export type CommitmentRules = z.infer<typeof Dependencies>['commitmentDependencies'][number];
export type UsageSummary = z.infer<typeof UsageSummary>;
export type UsageLine = z.infer<typeof UsageLine>;
