import { Id, Timestamp, Version } from '@legendops/kit/contract/values';
import { lineOfText, optionalLine } from '@legendops/kit/contract/line-of-text';
import { PageQuery, pageOf } from '@legendops/kit/contract/page';
import { z } from 'zod';

export const Product = z
  .object({
    id: Id,
    sku: z.string(),
    name: z.string(),
    manufacturer: z.string(),
    version: Version,
    createdAt: Timestamp,
    updatedAt: Timestamp,
  })
  .meta({ id: 'Product' });

export const ProductQuery = PageQuery;

export const ProductPage = pageOf(Product).meta({ id: 'ProductPage' });

const fields = {
  sku: lineOfText(64),
  name: lineOfText(256),
  manufacturer: optionalLine(128),
};

export const NewProduct = z
  .strictObject({ ...fields, manufacturer: fields.manufacturer.default('') })
  .meta({ id: 'NewProduct' });

export const ProductChange = z.strictObject(fields).partial().meta({ id: 'ProductChange' });

export type Product = z.infer<typeof Product>;
export type ProductPage = z.infer<typeof ProductPage>;
export type NewProduct = z.infer<typeof NewProduct>;
export type ProductChange = z.infer<typeof ProductChange>;
