import type { StencilLimits } from '../limits.ts';
import { quoted, StencilRefusal } from '../refusal.ts';
import { checkMagic } from './check-magic.ts';
import { readContentTypes, type ContentTypeOf } from './content-types.ts';
import { inflateEntry, type InflateBudget } from './inflate-entry.ts';
import { readRelationships, refuseCycles, relationshipsPartOf, type Relationship, sourceOf } from './relationships.ts';
import { readZipDirectory } from './zip-directory.ts';

export interface OpenPackage {
  contentType: ContentTypeOf;
  /** Some part is a VBA project; it is inflated for its size alone. */
  hasMacros: boolean;
  /** The bytes of a part that must be there; nothing is kept, so the next time it is inflated again. */
  read: (part: string) => Buffer;
  relationshipsOf: (part: string) => readonly Relationship[];
  /** Inflates what nobody has asked for: a file is kept whole, so all of it must be harmless. */
  checkTheRest: () => void;
}

const doctypes = ['utf8', 'utf16le'].map((encoding) => Buffer.from('<!DOCTYPE', encoding as BufferEncoding));

const refuseDoctype = (name: string, bytes: Buffer): void => {
  if (/\.(xml|rels|vml|svg)$/i.test(name) && doctypes.some((doctype) => bytes.includes(doctype)))
    throw new StencilRefusal('xml-doctype', `${quoted(name)} holds a document type; packages have none.`);
};

export const openPackage = async (archive: Buffer, limits: StencilLimits): Promise<OpenPackage> => {
  checkMagic(archive, limits);
  const entries = new Map((await readZipDirectory(archive, limits)).map((entry) => [entry.name.toLowerCase(), entry]));
  const budget: InflateBudget = { used: 0 };
  const seen = new Set<string>();

  const read = (part: string): Buffer => {
    const entry = entries.get(part.toLowerCase());
    if (!entry) throw new StencilRefusal('part-missing', `The package has no ${quoted(part)}. Save it in Visio again.`);
    // An image that many masters show is counted once.
    const counted = seen.has(part.toLowerCase()) ? { used: 0 } : budget;
    seen.add(part.toLowerCase());
    return inflateEntry(archive, entry, limits, counted);
  };

  const contentType = readContentTypes(read('[Content_Types].xml'), limits);
  const relationships = new Map<string, Relationship[]>();
  for (const { name } of entries.values())
    if (/(^|\/)_rels\/[^/]*\.rels$/i.test(name))
      relationships.set(sourceOf(name).toLowerCase(), readRelationships(name, read(name), limits));
  refuseCycles(
    new Map([...relationships].map(([part, to]) => [part, to.map(({ target }) => target.toLowerCase())] as const)),
  );
  if (!relationships.has(''))
    throw new StencilRefusal('part-missing', `The package has no ${quoted(relationshipsPartOf(''))}.`);

  return {
    contentType,
    hasMacros: [...entries.keys()].some((name) => /(^|\/)vbaproject\.bin$/.test(name)),
    read,
    relationshipsOf: (part) => relationships.get(part.toLowerCase()) ?? [],
    checkTheRest: () => {
      for (const [key, entry] of entries)
        if (!seen.has(key)) refuseDoctype(entry.name, inflateEntry(archive, entry, limits, budget));
    },
  };
};
