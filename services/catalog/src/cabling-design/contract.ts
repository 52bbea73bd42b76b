import { lineOfText, optionalLine } from '@legendops/kit/contract/line-of-text';
import { PageQuery, pageOf } from '@legendops/kit/contract/page';
import { AmountMinor, Currency, Id, LocalDate, Timestamp, Version } from '@legendops/kit/contract/values';
import { z } from 'zod';
import { CalculationWarning } from '../calculators/contract.ts';
import { DesignContent, NewDesignContent } from '../cabling-content/contract.ts';

/** What a calculation is of: a thing of the design by its key, or the design as a whole. */
const About = z.object({
  part: z.enum(['link', 'pathway', 'feed', 'design']),
  key: z.string(),
  /** As people call it: the label of a link. */
  name: z.string(),
});

/** One calculation as it was made when the design was saved: its version and input are kept with it. */
export const DesignCheck = z
  .object({
    about: About,
    calculator: z.object({ id: z.string(), version: z.number().int() }),
    input: z.record(z.string(), z.unknown()),
    /** Null where the calculator refused. */
    output: z.record(z.string(), z.unknown()).nullable(),
    warnings: z.array(CalculationWarning),
    refused: z.array(z.object({ field: z.string(), code: z.string(), detail: z.string() })),
  })
  .meta({ id: 'DesignCheck' });

/** Warnings of calculators that tell what to know of a figure: no limit of the design is broken by them. */
export const NoteCode = z
  .enum([
    'figure-unconfirmed',
    'work-area-cord-capped',
    'room-cord-assumed',
    'between-rows',
    'fill-rounded-up',
    'attenuation-of-tia',
    'solid-diameter',
    'estimate',
    'conductor-temperature-not-used',
    'cos-phi-not-used',
  ])
  .meta({ id: 'NoteCode' });

export const LinkLabel = z
  .object({
    key: z.string(),
    /** The same at both ends. */
    id: z.string(),
    atPanel: z.string(),
    atOutlet: z.string(),
  })
  .meta({ id: 'LinkLabel' });

export const BillLine = z
  .object({
    productId: Id,
    /** Empty where the product is not there. */
    sku: z.string(),
    name: z.string(),
    unit: z.string(),
    /** What it is for. */
    uses: z.array(z.string()),
    /** In the product's unit, before whole packages; null where it cannot be counted. */
    needed: z.number().nullable(),
    /** To order, in the product's unit: whole packages. */
    quantity: z.number().int().nullable(),
    packSize: z.number().int(),
    packages: z.number().int().nullable(),
    unitPriceMinor: AmountMinor.nullable(),
    amountMinor: AmountMinor.nullable(),
    /** Why there is no quantity or no amount, and what to do; null where both are there. */
    problem: z.string().nullable(),
  })
  .meta({ id: 'BillLine' });

export const Bill = z
  .object({
    priceList: z.string().nullable(),
    currency: Currency.nullable(),
    pricesOn: LocalDate,
    lines: z.array(BillLine),
    /** Null as long as a line has no amount: a part of it is no price of the design. */
    totalMinor: AmountMinor.nullable(),
    /** Lines without an amount. */
    missing: z.number().int(),
  })
  .meta({ id: 'Bill' });

export const DesignSummary = z
  .object({
    id: Id,
    name: z.string(),
    customerId: Id.nullable(),
    /** Shown to the people of its customer. */
    isPublished: z.boolean(),
    links: z.number().int(),
    warnings: z.number().int(),
    refusals: z.number().int(),
    version: Version,
    createdAt: Timestamp,
    updatedAt: Timestamp,
  })
  .meta({ id: 'DesignSummary' });

export const DesignPage = pageOf(DesignSummary).meta({ id: 'DesignPage' });

export const CablingDesign = DesignSummary.extend({
  content: DesignContent,
  checks: z.array(DesignCheck),
  labelClass: z.number().int(),
  labels: z.array(LinkLabel),
  bill: Bill,
  /** Calculators that have a newer version than the one that this design was computed with. */
  newer: z.array(z.object({ id: z.string(), from: z.number().int(), to: z.number().int() })),
}).meta({ id: 'CablingDesign' });

const fields = {
  name: lineOfText(128),
  customerId: Id.nullable(),
  isPublished: z.boolean(),
  content: NewDesignContent,
};

export const NewCablingDesign = z
  .strictObject({
    ...fields,
    customerId: fields.customerId.default(null),
    isPublished: fields.isPublished.default(false),
  })
  .meta({ id: 'NewCablingDesign' });

export const CablingDesignChange = z.strictObject(fields).partial().meta({ id: 'CablingDesignChange' });

export const DesignQuery = PageQuery.extend({
  search: optionalLine(128).optional(),
  customerId: Id.optional(),
});

/** What would be otherwise if the design were computed anew, with today's calculators and today's catalog. */
export const Recalculation = z
  .object({
    isSame: z.boolean(),
    differences: z.array(
      z.object({
        about: z.string(),
        /** The calculator, or the bill. */
        of: z.string(),
        fromVersion: z.number().int().nullable(),
        toVersion: z.number().int().nullable(),
        field: z.string(),
        before: z.string().nullable(),
        after: z.string().nullable(),
      }),
    ),
    /** How many more there are than are listed. */
    further: z.number().int(),
  })
  .meta({ id: 'Recalculation' });

export type DesignCheck = z.infer<typeof DesignCheck>;
export type LinkLabel = z.infer<typeof LinkLabel>;
export type Bill = z.infer<typeof Bill>;
export type BillLine = z.infer<typeof BillLine>;
export type DesignSummary = z.infer<typeof DesignSummary>;
export type CablingDesign = z.infer<typeof CablingDesign>;
export type NewCablingDesign = z.infer<typeof NewCablingDesign>;
export type CablingDesignChange = z.infer<typeof CablingDesignChange>;
export type DesignQuery = z.infer<typeof DesignQuery>;
export type Recalculation = z.infer<typeof Recalculation>;
