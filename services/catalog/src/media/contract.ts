import { Id, Timestamp } from '@legendops/kit/contract/values';
import { z } from 'zod';

/** Where bytes are kept, by what they are. */
export const MediaContainer = z.enum(['product-images', 'visio-stencils', 'documents']).meta({ id: 'MediaContainer' });

const mebibyte = 1024 * 1024;

/** What each container takes, by content type, and how large one file may be. */
export const acceptedMedia = {
  'product-images': {
    mostBytes: 10 * mebibyte,
    contentTypes: ['image/png', 'image/jpeg', 'image/webp', 'image/svg+xml'],
  },
  'visio-stencils': {
    mostBytes: 50 * mebibyte,
    contentTypes: [
      'application/vnd.ms-visio.stencil.main+xml',
      'application/vnd.ms-visio.drawing.main+xml',
      'application/vnd.ms-visio.template.main+xml',
      'application/vnd.ms-visio.stencil.macroEnabled.main+xml',
      'application/vnd.ms-visio.drawing.macroEnabled.main+xml',
      'application/vnd.ms-visio.template.macroEnabled.main+xml',
    ],
  },
  documents: { mostBytes: 25 * mebibyte, contentTypes: ['application/pdf'] },
} as const satisfies Record<MediaContainer, { mostBytes: number; contentTypes: readonly string[] }>;

/** Of a file's name, since browsers know no type for Visio's files. */
export const visioTypes = {
  vssx: 'application/vnd.ms-visio.stencil.main+xml',
  vsdx: 'application/vnd.ms-visio.drawing.main+xml',
  vstx: 'application/vnd.ms-visio.template.main+xml',
  vssm: 'application/vnd.ms-visio.stencil.macroEnabled.main+xml',
  vsdm: 'application/vnd.ms-visio.drawing.macroEnabled.main+xml',
  vstm: 'application/vnd.ms-visio.template.macroEnabled.main+xml',
} as const;

/** What is about to be put here, as who puts it there says; checked against what arrives. */
export const NewUpload = z
  .strictObject({
    container: MediaContainer,
    contentType: z.string().max(100),
    bytes: z.number().int().positive(),
  })
  .superRefine(({ container, contentType, bytes }, context) => {
    const { mostBytes, contentTypes } = acceptedMedia[container];
    if (!(contentTypes as readonly string[]).includes(contentType))
      context.addIssue({ code: 'custom', path: ['contentType'], message: `Use one of ${contentTypes.join(', ')}` });
    if (bytes > mostBytes)
      context.addIssue({
        code: 'custom',
        path: ['bytes'],
        message: `A file has at most ${mostBytes} bytes here (${mostBytes / mebibyte} MiB)`,
      });
  })
  .meta({ id: 'NewUpload' });

/** Where to PUT the bytes, with these headers and no others of one's own; then the upload is to be finished. */
export const Upload = z
  .object({
    id: Id,
    url: z.url(),
    headers: z.record(z.string(), z.string()),
    /** Of the link. */
    expiresAt: Timestamp,
  })
  .meta({ id: 'Upload' });

export const Media = z
  .object({
    id: Id,
    container: MediaContainer,
    contentType: z.string(),
    bytes: z.number().int(),
    sha256: z.string(),
    /** Of pictures made of pixels. */
    widthPx: z.number().int().nullable(),
    heightPx: z.number().int().nullable(),
    hasThumbnail: z.boolean(),
    createdAt: Timestamp,
  })
  .meta({ id: 'Media' });

/** A signed address of one file, for fifteen minutes at most. */
export const MediaLink = z.object({ url: z.url(), expiresAt: Timestamp }).meta({ id: 'MediaLink' });

/** What a tenant keeps, what is on its way, and what it may keep, in bytes. */
export const MediaUsage = z
  .object({ keptBytes: z.number().int(), arrivingBytes: z.number().int(), limitBytes: z.number().int() })
  .meta({ id: 'MediaUsage' });

export type MediaContainer = z.infer<typeof MediaContainer>;
export type NewUpload = z.infer<typeof NewUpload>;
export type Upload = z.infer<typeof Upload>;
export type Media = z.infer<typeof Media>;
export type MediaLink = z.infer<typeof MediaLink>;
export type MediaUsage = z.infer<typeof MediaUsage>;
