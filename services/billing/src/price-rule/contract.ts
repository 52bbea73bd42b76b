import { Currency, ForeignId, Id, LocalDate, Version } from '@legendops/kit/contract/values';
import { Verdict } from '@legendops/kit/contract/verdict';
import { z } from 'zod';

/** Decimal text of a price or a percentage. */
const Decimal = z.string().regex(/^-?\d+(\.\d+)?$/);

export const PriceRuleKind = z
  .enum(['markup', 'margin', 'fixed', 'flat', 'volume', 'graduated', 'free'])
  .meta({ id: 'PriceRuleKind' });

/** What a price is for. */
export const PricedTerm = z
  .enum(['Monthly', 'Annual', '2-Year', '3-Year', 'One-Time', 'usage'])
  .meta({ id: 'PricedTerm' });

/** Whether an amount is rounded once, or the price of each unit. */
export const PriceRounding = z.enum(['line', 'unit']).meta({ id: 'PriceRounding' });

/** Units up to a quantity, which belongs to the tier; null for the last one, which has no end. */
export const PriceTier = z
  .object({ upTo: Decimal.nullable(), unitPrice: Decimal, flatFee: Decimal })
  .meta({ id: 'PriceTier' });

export const PriceRule = z
  .object({
    id: Id,
    customerId: Id.nullable(),
    productId: ForeignId.nullable(),
    /** Null for any; a price a unit from before prices named it counts for nothing that is paid in advance. */
    billingTerm: PricedTerm.nullable(),
    kind: PriceRuleKind,
    markupPercent: Decimal.nullable(),
    /** Of the price, not of the cost. */
    marginPercent: Decimal.nullable(),
    /** Of one unit, or of all where the kind is flat. */
    unitPrice: Decimal.nullable(),
    tiers: z.array(PriceTier).nullable(),
    discountPercent: Decimal.nullable(),
    /** The least price of a unit, and the least that a unit brings above its cost. */
    floorPrice: Decimal.nullable(),
    floorMargin: Decimal.nullable(),
    rounding: PriceRounding,
    /** The least that a customer pays for a month of all that the rule prices. */
    minimum: Decimal.nullable(),
    /** Once, when a subscription begins. */
    setup: Decimal.nullable(),
    currency: Currency.nullable(),
    validFrom: LocalDate,
    /** The first day on which it no longer holds. */
    validTo: LocalDate.nullable(),
    version: Version,
    acts: z.object({ end: Verdict, remove: Verdict }),
  })
  .meta({ id: 'PriceRule' });
export const PriceRules = z.object({ data: z.array(PriceRule) }).meta({ id: 'PriceRules' });

const price = z.string().regex(/^\d{1,9}(\.\d{1,6})?$/);
const amount = z.string().regex(/^\d{1,12}(\.\d{1,3})?$/);
const percent = z.string().regex(/^-?\d{1,4}(\.\d{1,4})?$/);

const ofAny = {
  customerId: Id.optional(),
  productId: ForeignId.optional(),
  billingTerm: PricedTerm.optional(),
  validFrom: LocalDate.optional(),
  discountPercent: z
    .string()
    .regex(/^\d{1,3}(\.\d{1,4})?$/)
    .optional(),
  minimum: amount.optional(),
  setup: amount.optional(),
};
const ofCost = {
  ...ofAny,
  floorPrice: price.optional(),
  floorMargin: price.optional(),
  rounding: PriceRounding.optional(),
  /** Needed with any amount. */
  currency: Currency.optional(),
};
const tiers = z
  .array(
    z.strictObject({
      upTo: z
        .string()
        .regex(/^\d{1,12}(\.\d{1,6})?$/)
        .nullable(),
      unitPrice: price,
      flatFee: amount.optional(),
    }),
  )
  .min(1)
  .max(50);

export const NewPriceRule = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('markup'), markupPercent: percent, ...ofCost }),
    z.strictObject({ kind: z.literal('margin'), marginPercent: percent, ...ofCost }),
    z.strictObject({ kind: z.literal('fixed'), unitPrice: price, currency: Currency, ...ofAny }),
    z.strictObject({ kind: z.literal('flat'), unitPrice: price, currency: Currency, ...ofAny }),
    z.strictObject({ kind: z.literal('volume'), tiers, currency: Currency, ...ofAny }),
    z.strictObject({ kind: z.literal('graduated'), tiers, currency: Currency, ...ofAny }),
    z.strictObject({ kind: z.literal('free'), currency: Currency.optional(), ...ofAny }),
  ])
  .meta({ id: 'NewPriceRule' });

/** The first day on which the rule no longer holds. */
export const EndOfRule = z.strictObject({ validTo: LocalDate }).meta({ id: 'EndOfRule' });

export type PriceRuleKind = z.infer<typeof PriceRuleKind>;
export type PricedTerm = z.infer<typeof PricedTerm>;
export type PriceTier = z.infer<typeof PriceTier>;
export type PriceRule = z.infer<typeof PriceRule>;
export type NewPriceRule = z.infer<typeof NewPriceRule>;
