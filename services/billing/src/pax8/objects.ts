import { z } from 'zod';

/** Pax8's objects as far as they are used; numbers are their source text (parseExactJson). */

export const NumberText = z.string().regex(/^-?\d+(\.\d+)?([eE][+-]?\d+)?$/);

// Four spellings occur: date, RFC 3339, with milliseconds, and an offset without its colon. Only the date counts here.
export const CalendarDate = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}([T ].*)?$/)
  .transform((text) => text.slice(0, 10));

export const Company = z.object({
  id: z.guid(),
  name: z.string(),
  status: z.enum(['Active', 'Inactive', 'Deleted']),
});

export const Subscription = z.object({
  id: z.guid(),
  companyId: z.guid(),
  productId: z.guid(),
  productName: z.string().nullish(),
  quantity: NumberText,
  status: z.string(),
  billingTerm: z.string(),
  startDate: CalendarDate,
  endDate: CalendarDate.nullish(),
  /** Pax8's suggestion, by which nothing is billed. */
  price: NumberText.nullish(),
  partnerCost: NumberText.nullish(),
  currencyCode: z.string().length(3).nullish(),
  commitmentTerm: z.object({ id: z.guid(), term: z.string().nullish(), endDate: CalendarDate.nullish() }).nullish(),
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
  resourceGroup: z.string().nullish(),
  currencyCode: z.string().length(3).nullish(),
  isTrial: z.boolean().nullish(),
});

export const UsageLine = z.object({
  usageDate: CalendarDate,
  productId: z.guid(),
  productName: z.string().nullish(),
  unitOfMeasure: z.string().nullish(),
  quantity: NumberText,
  currentCharges: NumberText,
  partnerTotal: NumberText,
  currencyCode: z.string().length(3).nullish(),
  isTrial: z.boolean().nullish(),
});

export const Product = z.object({ id: z.guid(), name: z.string() });

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
