import { Id, Timestamp, Version } from '@legendops/kit/contract/values';
import { lineOfText, optionalLine } from '@legendops/kit/contract/line-of-text';
import { PageQuery, pageOf } from '@legendops/kit/contract/page';
import { z } from 'zod';
import { isGtin } from '@legendops/kit/contract/gtin';

export const ProductKind = z.enum(['product', 'service']).meta({ id: 'ProductKind' });

/** Whether it is still sold, and still supported, by who makes it. */
export const Lifecycle = z.enum(['active', 'end-of-sale', 'end-of-life']).meta({ id: 'Lifecycle' });

/** What a product that stands on one of the base catalog has of it, as long as it says nothing of its own. */
export const BaseField = z
  .enum(['kind', 'name', 'description', 'manufacturer', 'mpn', 'gtin', 'unspsc', 'lifecycle', 'unit', 'packSize'])
  .meta({ id: 'BaseField' });

export const Product = z
  .object({
    id: Id,
    kind: ProductKind,
    sku: z.string(),
    name: z.string(),
    description: z.string(),
    manufacturer: z.string(),
    /** The manufacturer's part number. */
    mpn: z.string(),
    /** Fourteen digits, whichever length it was given in. */
    gtin: z.string().nullable(),
    unspsc: z.string().nullable(),
    categoryId: Id.nullable(),
    lifecycle: Lifecycle,
    /** What one of it is: `each`, `m`, `box`. */
    unit: z.string(),
    /** How many units come in one package. */
    packSize: z.number().int(),
    /** Shown to the people of customers. */
    isPublished: z.boolean(),
    /** Of the base catalog, where it stands on it; null for customers' people. */
    base: z.object({ key: z.string(), ownFields: z.array(BaseField) }).nullable(),
    version: Version,
    createdAt: Timestamp,
    updatedAt: Timestamp,
  })
  .meta({ id: 'Product' });

/** What narrows a list of products down. */
const filter = {
  /** Beginnings of words, all of which a product has. */
  search: optionalLine(200).optional(),
  /** With all that are below it. */
  categoryId: Id.optional(),
  manufacturer: optionalLine(128).optional(),
  kind: ProductKind.optional(),
  lifecycle: Lifecycle.optional(),
  isPublished: z.enum(['true', 'false']).optional(),
};

export const ProductFilter = z.strictObject(filter);
export const ProductQuery = PageQuery.extend(filter);

export const ProductPage = pageOf(Product).meta({ id: 'ProductPage' });

const Facet = z.array(z.object({ value: z.string(), count: z.number().int() }));

/** How many products each further choice would leave, the other choices kept; the commonest fifty of each. */
export const ProductFacets = z
  .object({ kinds: Facet, lifecycles: Facet, manufacturers: Facet, categories: Facet })
  .meta({ id: 'ProductFacets' });

/** Paragraphs: several lines of what can be seen. */
const Description = z
  .string()
  .trim()
  .normalize('NFC')
  .max(4000)
  .regex(/^[\P{C}\n\r\t\u200c\u200d]*$/u, 'Write what can be seen');

const Gtin = z
  .string()
  .regex(/^(\d{8}|\d{12,14})$/, { error: 'A GTIN has 8, 12, 13 or 14 digits', abort: true })
  .refine(isGtin, 'The last digit does not fit the others: one of them is mistyped')
  .overwrite((digits) => digits.padStart(14, '0'));

const fields = {
  kind: ProductKind,
  sku: lineOfText(64),
  name: lineOfText(256),
  description: Description,
  manufacturer: optionalLine(128),
  mpn: optionalLine(64),
  gtin: Gtin.nullable(),
  unspsc: z
    .string()
    .regex(/^[1-9]\d{7}$/, 'A UNSPSC code has eight digits: segment, family, class, commodity')
    .nullable(),
  categoryId: Id.nullable(),
  lifecycle: Lifecycle,
  unit: lineOfText(16),
  packSize: z.number().int().min(1).max(1_000_000),
  isPublished: z.boolean(),
};

export const NewProduct = z
  .strictObject({
    ...fields,
    kind: fields.kind.default('product'),
    description: fields.description.default(''),
    manufacturer: fields.manufacturer.default(''),
    mpn: fields.mpn.default(''),
    gtin: fields.gtin.default(null),
    unspsc: fields.unspsc.default(null),
    categoryId: fields.categoryId.default(null),
    lifecycle: fields.lifecycle.default('active'),
    unit: fields.unit.default('each'),
    packSize: fields.packSize.default(1),
    isPublished: fields.isPublished.default(false),
  })
  .meta({ id: 'NewProduct' });

export const ProductChange = z.strictObject(fields).partial().meta({ id: 'ProductChange' });

const { kind, manufacturer, categoryId, lifecycle, unit, isPublished } = fields;

/** One change of many products: of all of them, or of none. */
export const BulkChange = z
  .strictObject({
    ids: z.array(Id).min(1).max(200),
    change: z.strictObject({ kind, manufacturer, categoryId, lifecycle, unit, isPublished }).partial(),
  })
  .meta({ id: 'BulkChange' });

/** How many of them were not so before. */
export const BulkOutcome = z.object({ changed: z.number().int() }).meta({ id: 'BulkOutcome' });

export type BaseField = z.infer<typeof BaseField>;
export type Product = z.infer<typeof Product>;
export type ProductPage = z.infer<typeof ProductPage>;
export type ProductFilter = z.infer<typeof ProductFilter>;
export type ProductFacets = z.infer<typeof ProductFacets>;
export type NewProduct = z.infer<typeof NewProduct>;
export type ProductChange = z.infer<typeof ProductChange>;
export type BulkOutcome = z.infer<typeof BulkOutcome>;
export type BulkChange = z.infer<typeof BulkChange>;
export type Lifecycle = z.infer<typeof Lifecycle>;
