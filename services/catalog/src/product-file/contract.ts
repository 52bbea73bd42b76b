import { lineOfText } from '@legendops/kit/contract/line-of-text';
import { Id, Timestamp } from '@legendops/kit/contract/values';
import { z } from 'zod';

export const ShownFileKind = z.enum(['picture', 'document']).meta({ id: 'ShownFileKind' });

/** A picture or a document of a product, with signed addresses of minutes. */
export const ShownFile = z
  .object({
    id: Id,
    kind: ShownFileKind,
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
  .meta({ id: 'ShownFile' });

/** In the order in which they are shown: the first picture is the main one. */
export const ShownFiles = z
  .object({
    pictures: z.array(ShownFile),
    documents: z.array(ShownFile),
    /** Of the addresses. */
    expiresAt: Timestamp.nullable(),
  })
  .meta({ id: 'ShownFiles' });

/** Of which products the main pictures are asked for: at most 100, separated by commas. */
export const ProductPicturesQuery = z.strictObject({
  productIds: z
    .string()
    .regex(/^[0-9a-f-]{36}(,[0-9a-f-]{36}){0,99}$/)
    .transform((text) => text.split(','))
    .pipe(z.array(Id)),
});

/** The main picture of each of these products that has one and can be seen, as small as there is one. */
export const ProductPictures = z
  .object({
    data: z.array(z.object({ productId: Id, name: z.string(), url: z.url() })),
    /** Of the addresses. */
    expiresAt: Timestamp.nullable(),
  })
  .meta({ id: 'ProductPictures' });

const name = lineOfText(256);

export const NewShownFile = z.strictObject({ kind: ShownFileKind, mediaId: Id, name }).meta({ id: 'NewShownFile' });

export const AddedFile = z.object({ id: Id }).meta({ id: 'AddedFile' });

export const ShownFileChange = z.strictObject({ name }).meta({ id: 'ShownFileChange' });

/** All files of this kind, in the order that they are to have. */
export const ShownFileOrder = z
  .strictObject({ kind: ShownFileKind, ids: z.array(Id).min(1).max(20) })
  .meta({ id: 'ShownFileOrder' });

/** How many of each kind a product has at most. */
export const mostShownFiles = 20;

export type ShownFileKind = z.infer<typeof ShownFileKind>;
export type ShownFile = z.infer<typeof ShownFile>;
export type ShownFiles = z.infer<typeof ShownFiles>;
export type ProductPictures = z.infer<typeof ProductPictures>;
export type NewShownFile = z.infer<typeof NewShownFile>;
export type AddedFile = z.infer<typeof AddedFile>;
export type ShownFileOrder = z.infer<typeof ShownFileOrder>;
