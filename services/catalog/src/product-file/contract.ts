import { lineOfText } from '@legendops/kit/contract/line-of-text';
import { Id, Timestamp } from '@legendops/kit/contract/values';
import { z } from 'zod';

export const ProductFileKind = z.enum(['picture', 'document']).meta({ id: 'ProductFileKind' });

/** A picture or a document of a product, with signed addresses of minutes. */
export const ProductFile = z
  .object({
    id: Id,
    kind: ProductFileKind,
    mediaId: Id,
    /** What a picture shows, for who cannot see it; the title of a document. */
    name: z.string(),
    contentType: z.string(),
    bytes: z.number().int(),
    widthPx: z.number().int().nullable(),
    heightPx: z.number().int().nullable(),
    url: z.url(),
    /** Of a small one, or of the picture itself where there is none; of pictures alone. */
    thumbnailUrl: z.url().nullable(),
    createdAt: Timestamp,
  })
  .meta({ id: 'ProductFile' });

/** In the order in which they are shown: the first picture is the main one. */
export const ProductFiles = z
  .object({
    pictures: z.array(ProductFile),
    documents: z.array(ProductFile),
    /** Of the addresses. */
    expiresAt: Timestamp.nullable(),
  })
  .meta({ id: 'ProductFiles' });

const name = lineOfText(256);

export const NewProductFile = z
  .strictObject({ kind: ProductFileKind, mediaId: Id, name })
  .meta({ id: 'NewProductFile' });

export const ProductFileChange = z.strictObject({ name }).meta({ id: 'ProductFileChange' });

/** All files of this kind, in the order that they are to have. */
export const ProductFileOrder = z
  .strictObject({ kind: ProductFileKind, ids: z.array(Id).min(1).max(20) })
  .meta({ id: 'ProductFileOrder' });

/** How many of each kind a product has at most. */
export const mostProductFiles = 20;

export type ProductFileKind = z.infer<typeof ProductFileKind>;
export type ProductFile = z.infer<typeof ProductFile>;
export type ProductFiles = z.infer<typeof ProductFiles>;
export type NewProductFile = z.infer<typeof NewProductFile>;
export type ProductFileOrder = z.infer<typeof ProductFileOrder>;
