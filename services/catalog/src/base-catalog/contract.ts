import { PageQuery, pageOf } from '@legendops/kit/contract/page';
import { lineOfText, optionalLine } from '@legendops/kit/contract/line-of-text';
import { Id, Timestamp } from '@legendops/kit/contract/values';
import { z } from 'zod';
import { NewProduct, Product } from '../contract.ts';

const BaseKey = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, 'A key has small letters, digits, full stops and dashes, 64 at most');

const ofTenants = { sku: true, categoryId: true, isPublished: true } as const;

/** One product of a file that the platform applies. The key stays as long as the product does, whatever is renamed. */
export const BaseEntry = NewProduct.omit(ofTenants).extend({ key: BaseKey });

/** A product of the platform, which every provider may take into its catalog. */
export const BaseProduct = Product.omit({
  ...ofTenants,
  id: true,
  base: true,
  version: true,
  createdAt: true,
  updatedAt: true,
})
  .extend({
    key: z.string(),
    /** Since when it can be taken no more; what stands on it stays as it is. */
    retiredAt: Timestamp.nullable(),
    /** The own product that stands on it. */
    productId: Id.nullable(),
    /** An own product that stands on nothing, and has the same part number of the same manufacturer: it can be adopted. */
    likeProductId: Id.nullable(),
  })
  .meta({ id: 'BaseProduct' });

/** Beginnings of words, all of which a product has. */
export const BaseProductQuery = PageQuery.extend({ search: optionalLine(200).optional() });

export const BaseProductPage = pageOf(BaseProduct).meta({ id: 'BaseProductPage' });

/** What the base catalog has of an own product; null where nothing, or where it stands on something already. */
export const BaseMatch = z.object({ base: BaseProduct.nullable() }).meta({ id: 'BaseMatch' });

/** The product of the base catalog that an own one is to stand on. */
export const Adoption = z.strictObject({ key: BaseKey }).meta({ id: 'Adoption' });

/** Which products of the base catalog to take; their SKU is the part number, else the key, where none is said. All, or none. */
export const NewTakings = z
  .strictObject({
    products: z
      .array(z.strictObject({ key: BaseKey, sku: lineOfText(64).optional() }))
      .min(1)
      .max(200),
  })
  .meta({ id: 'NewTakings' });

/** The products that came of it. */
export const Takings = z
  .object({ products: z.array(z.object({ key: z.string(), productId: Id })) })
  .meta({ id: 'Takings' });

export type BaseEntry = z.infer<typeof BaseEntry>;
export type BaseProduct = z.infer<typeof BaseProduct>;
export type BaseMatch = z.infer<typeof BaseMatch>;
export type Adoption = z.infer<typeof Adoption>;
export type NewTakings = z.infer<typeof NewTakings>;
export type Takings = z.infer<typeof Takings>;
