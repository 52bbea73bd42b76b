import { PageQuery, pageOf } from '@legendops/kit/contract/page';
import { Currency, ForeignId, Id, LocalDate } from '@legendops/kit/contract/values';
import { z } from 'zod';

/** Decimal text of a quantity, a price or a per cent, with every digit that it has. */
const Decimal = z.string().regex(/^-?\d+(\.\d+)?$/);

/** A person of a customer, as Pax8 knows them. */
export const Pax8Contact = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string().nullable(),
    phone: z.string().nullable(),
    /** What Pax8 turns to them for; `isPrimary` of one for each. */
    types: z.array(z.object({ type: z.string(), isPrimary: z.boolean() })),
    createdOn: LocalDate.nullable(),
  })
  .meta({ id: 'Pax8Contact' });
export const Pax8Contacts = z.object({ data: z.array(Pax8Contact) }).meta({ id: 'Pax8Contacts' });

export const Pax8Order = z
  .object({
    id: z.string(),
    createdOn: LocalDate,
    /** The partner, the customer or Pax8; null where it does not say. */
    orderedBy: z.string().nullable(),
    orderedByEmail: z.string().nullable(),
    lines: z.array(
      z.object({
        id: z.string(),
        productId: ForeignId,
        /** Null of what the customer never had. */
        productName: z.string().nullable(),
        subscriptionId: ForeignId.nullable(),
        quantity: Decimal,
        billingTerm: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'Pax8Order' });
export const Pax8OrderQuery = PageQuery;
export const Pax8OrderPage = pageOf(Pax8Order).meta({ id: 'Pax8OrderPage' });

/** What we ask for one unit by the price rule in force, and what that leaves above its cost; null where nobody can say. */
const ourPrice = {
  unitPrice: Decimal.nullable(),
  /** What the rule does, in words; null where none holds. */
  priceRule: z.string().nullable(),
  margin: Decimal.nullable(),
  /** Of the price. */
  marginPercent: Decimal.nullable(),
};

/** What held of a subscription for some days, at one price. */
export const SubscriptionTerm = z
  .object({
    from: LocalDate,
    /** The first day on which it no longer held; null while it does. */
    to: LocalDate.nullable(),
    status: z.string(),
    billingTerm: z.string(),
    quantity: Decimal,
    /** The day whose price counts: of what is paid in advance the begin of its term. */
    pricedOn: LocalDate,
    unitCost: Decimal.nullable(),
    /** What Pax8 suggests that the customer pays. */
    suggestedPrice: Decimal,
    ...ourPrice,
    /** What was ordered at Pax8 before it came to be so. */
    orders: z.array(
      z.object({
        id: z.string(),
        createdOn: LocalDate,
        orderedBy: z.string().nullable(),
        orderedByEmail: z.string().nullable(),
        quantity: Decimal,
      }),
    ),
  })
  .meta({ id: 'SubscriptionTerm' });

/** A subscription as Pax8 says that it once was. */
export const FormerState = z
  .object({
    id: z.string(),
    changedOn: LocalDate.nullable(),
    status: z.string(),
    billingTerm: z.string(),
    quantity: Decimal,
    startDate: LocalDate.nullable(),
    endDate: LocalDate.nullable(),
    unitCost: Decimal.nullable(),
  })
  .meta({ id: 'FormerState' });

export const SubscriptionHistory = z
  .object({
    id: ForeignId,
    customerId: Id.nullable(),
    customerName: z.string(),
    productId: ForeignId,
    productName: z.string(),
    currency: Currency,
    startDate: LocalDate,
    endDate: LocalDate.nullable(),
    commitment: z.object({ term: z.string().nullable(), endDate: LocalDate.nullable() }).nullable(),
    /** The newest first. */
    terms: z.array(SubscriptionTerm),
    /** What Pax8 remembers by itself, the newest first: also of the time before anything was read here. */
    formerStates: z.array(FormerState),
  })
  .meta({ id: 'SubscriptionHistory' });

/** A price of Pax8's for a product, of the days on which it was listed. */
export const ListedPrice = z
  .object({
    /** The day on which it was read first, and the first on which it was listed no more. */
    from: LocalDate,
    to: LocalDate.nullable(),
    billingTerm: z.string(),
    commitmentTerm: z.string().nullable(),
    unitOfMeasurement: z.string().nullable(),
    rates: z.array(
      z.object({
        /** From how many units to how many, both included; null is without an end. */
        fromQuantity: Decimal.nullable(),
        toQuantity: Decimal.nullable(),
        /** `Per Unit`, or once for all. */
        chargeType: z.string().nullable(),
        cost: Decimal,
        suggestedPrice: Decimal.nullable(),
        ...ourPrice,
      }),
    ),
  })
  .meta({ id: 'ListedPrice' });

/** By the price rule for every customer, on the last day of a price that has ended, else today. */
export const Pax8PriceList = z
  .object({ productId: ForeignId, productName: z.string(), currency: Currency, data: z.array(ListedPrice) })
  .meta({ id: 'Pax8PriceList' });

export type Pax8Contact = z.infer<typeof Pax8Contact>;
export type Pax8Contacts = z.infer<typeof Pax8Contacts>;
export type Pax8Order = z.infer<typeof Pax8Order>;
export type SubscriptionTerm = z.infer<typeof SubscriptionTerm>;
export type FormerState = z.infer<typeof FormerState>;
export type SubscriptionHistory = z.infer<typeof SubscriptionHistory>;
export type ListedPrice = z.infer<typeof ListedPrice>;
export type Pax8PriceList = z.infer<typeof Pax8PriceList>;
