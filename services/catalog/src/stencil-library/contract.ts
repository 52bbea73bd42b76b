import { lineOfText, optionalLine } from '@legendops/kit/contract/line-of-text';
import { PageQuery, pageOf } from '@legendops/kit/contract/page';
import { Id, Timestamp, Version } from '@legendops/kit/contract/values';
import { z } from 'zod';

/** A shape to draw with; a fill or line that a drawing was imported with; one that its maker has hidden. */
export const MasterKind = z.enum(['shape', 'pattern', 'hidden']).meta({ id: 'MasterKind' });

const Counts = z.object({ shape: z.number().int(), pattern: z.number().int(), hidden: z.number().int() });

/** A stencil as its newest version is. */
export const Stencil = z
  .object({
    id: Id,
    name: z.string(),
    /** The number of that version. */
    latest: z.number().int(),
    fileName: z.string(),
    sizeBytes: z.number().int(),
    /** The package holds macros; they were not read. */
    hasMacros: z.boolean(),
    counts: Counts,
    /** The first shapes, to be shown for all of them. */
    sampleMasterIds: z.array(Id),
    /** Shown to the people of customers. */
    isPublished: z.boolean(),
    version: Version,
    createdAt: Timestamp,
    updatedAt: Timestamp,
  })
  .meta({ id: 'Stencil' });

export const StencilPage = pageOf(Stencil).meta({ id: 'StencilPage' });

export const StencilVersion = z
  .object({
    number: z.number().int(),
    fileName: z.string(),
    sizeBytes: z.number().int(),
    sha256: z.string(),
    hasMacros: z.boolean(),
    counts: Counts,
    createdAt: Timestamp,
  })
  .meta({ id: 'StencilVersion' });

/** Newest first. */
export const StencilVersions = z.object({ data: z.array(StencilVersion) }).meta({ id: 'StencilVersions' });

const summary = {
  id: Id,
  stencilId: Id,
  stencilName: z.string(),
  /** Of the version that it is in. */
  number: z.number().int(),
  kind: MasterKind,
  /** As Visio shows it. */
  name: z.string(),
  /** Of its page on paper. */
  widthMm: z.number(),
  heightMm: z.number(),
};

export const StencilMasterSummary = z.object(summary).meta({ id: 'StencilMasterSummary' });

export const StencilMasterPage = pageOf(StencilMasterSummary).meta({ id: 'StencilMasterPage' });

export const StencilMasterDetails = z
  .object({
    ...summary,
    nameU: z.string(),
    uniqueId: z.string(),
    baseId: z.string(),
    prompt: z.string(),
    keywords: z.array(z.string()),
    /** Millimetres, in the coordinates of the shape that holds them. */
    connectionPoints: z.array(z.object({ x: z.number(), y: z.number() })),
    properties: z.array(
      z.object({
        name: z.string(),
        label: z.string(),
        /** As in the sheet: 0 text, 1 fixed list, 2 number, 3 boolean, 4 variable list, 5 date, 6 duration, 7 currency. */
        type: z.number(),
        value: z.string(),
        prompt: z.string(),
        format: z.string(),
        shape: z.object({ id: z.string(), name: z.string() }),
      }),
    ),
    hasIcon: z.boolean(),
    /** What it draws. */
    products: z.array(z.object({ id: Id, sku: z.string(), name: z.string() })),
  })
  .meta({ id: 'StencilMasterDetails' });

/** What is told of a master that is not as it was. */
export const ComparedField = z
  .enum([
    'name',
    'nameU',
    'uniqueId',
    'baseId',
    'isHidden',
    'isPattern',
    'prompt',
    'keywords',
    'widthMm',
    'heightMm',
    'connectionPoints',
    'properties',
    'drawing',
  ])
  .meta({ id: 'ComparedField' });

export const StencilComparison = z
  .object({
    before: z.number().int(),
    after: z.number().int(),
    added: z.array(StencilMasterSummary),
    removed: z.array(StencilMasterSummary),
    changed: z.array(
      z.object({ before: StencilMasterSummary, after: StencilMasterSummary, fields: z.array(ComparedField) }),
    ),
    /** How many are as they were. */
    same: z.number().int(),
  })
  .meta({ id: 'StencilComparison' });

/** The masters that draw a product. */
export const ProductMasters = z.object({ data: z.array(StencilMasterSummary) }).meta({ id: 'ProductMasters' });

const StencilName = lineOfText(128);
export const StencilChange = z
  .strictObject({ name: StencilName, isPublished: z.boolean() })
  .partial()
  .meta({ id: 'StencilChange' });

/** What a file is called by who uploads it: its package is fetched under this name. */
const FileName = lineOfText(128).regex(
  /^[^"\\/:*?<>|]+\.(vssx|vssm|vsdx|vsdm|vstx|vstm)$/i,
  'A name such as servers.vssx',
);

/** Of a file that arrived among the stencils: the id of its media. */
export const NewStencilVersion = z.strictObject({ mediaId: Id, fileName: FileName }).meta({ id: 'NewStencilVersion' });

export const NewStencil = NewStencilVersion.extend({ name: StencilName }).meta({ id: 'NewStencil' });

/** Where the package of a version can be fetched, and until when. */
export const StencilLink = z.object({ url: z.string(), expiresAt: Timestamp }).meta({ id: 'StencilLink' });

const VersionNumber = z.coerce.number().int().min(1).max(10_000);

export const VersionPair = z.strictObject({ before: VersionNumber, after: VersionNumber });

export const MasterFilter = z.strictObject({
  /** Beginnings of words, all of which a master has in its names, keywords or prompt. */
  search: optionalLine(200).optional(),
  stencilId: Id.optional(),
  /** Of that stencil; without it the newest one, as of every stencil. */
  number: VersionNumber.optional(),
  kind: MasterKind.default('shape'),
});

export const MasterQuery = PageQuery.extend(MasterFilter.shape);

export const ChosenMaster = z.strictObject({ masterId: Id }).meta({ id: 'ChosenMaster' });

export type MasterKind = z.infer<typeof MasterKind>;
export type StencilLink = z.infer<typeof StencilLink>;
export type Stencil = z.infer<typeof Stencil>;
export type StencilVersion = z.infer<typeof StencilVersion>;
export type StencilMasterSummary = z.infer<typeof StencilMasterSummary>;
export type StencilMasterDetails = z.infer<typeof StencilMasterDetails>;
export type StencilComparison = z.infer<typeof StencilComparison>;
export type ComparedField = z.infer<typeof ComparedField>;
export type NewStencil = z.infer<typeof NewStencil>;
export type NewStencilVersion = z.infer<typeof NewStencilVersion>;
export type StencilChange = z.infer<typeof StencilChange>;
export type MasterFilter = z.infer<typeof MasterFilter>;
