import { createHash } from 'node:crypto';
import { describeMaster } from './describe-master.ts';
import type { Palette } from './drawing/colour.ts';
import { drawMaster } from './drawing/draw-master.ts';
import { type Picture, readIcon, readPicture } from './image/picture.ts';
import type { StencilLimits } from './limits.ts';
import type { StencilMaster } from './master.ts';
import { checkMainType, checkPartType } from './package/content-types.ts';
import { openPackage, type OpenPackage } from './package/open-package.ts';
import { quoted, StencilRefusal } from './refusal.ts';
import { inherit } from './sheet/inherit.ts';
import { readDocument } from './sheet/read-document.ts';
import { type MasterEntry, readMasters } from './sheet/read-masters.ts';
import { readShapes } from './sheet/read-shapes.ts';
import { readTheme, type Theme } from './sheet/read-theme.ts';
import { number, type Shape } from './sheet/sheet.ts';

export interface DrawnMaster {
  master: StencilMaster;
  /** An SVG document. */
  preview: Uint8Array<ArrayBuffer>;
  previewSha256: string;
  /** A PNG, where the stencil brings an icon. */
  icon: Uint8Array<ArrayBuffer> | undefined;
}

export interface StencilSummary {
  sha256: string;
  /** The package may hold macros; they are never read. */
  hasMacros: boolean;
}

const noMasters = (): StencilRefusal =>
  new StencilRefusal('no-masters', 'The file holds no masters. Upload the stencil that holds the shapes.');

const visio = 'http://schemas.microsoft.com/visio/2010/relationships/';

const targetOf = (pack: OpenPackage, part: string, type: string): string | undefined => {
  const targets = pack.relationshipsOf(part).filter((one) => one.type === `${visio}${type}`);
  if (targets.length > 1)
    throw new StencilRefusal('relationship-wrong', `${quoted(part || 'the package')} has more than one ${type}.`);
  return targets[0]?.target;
};

const themeOf = (pack: OpenPackage, document: string, limits: StencilLimits): Theme | undefined => {
  const part = pack.relationshipsOf(document).find(({ type }) => type.endsWith('/relationships/theme'))?.target;
  return part === undefined ? undefined : readTheme(part, pack.read(part), limits);
};

const partOf = (pack: OpenPackage, mastersPart: string, master: MasterEntry): string => {
  const relationship = pack.relationshipsOf(mastersPart).find(({ id }) => id === master.relationshipId);
  if (relationship?.type !== `${visio}master`)
    throw new StencilRefusal(
      'relationship-wrong',
      `${quoted(master.name)} has no shapes: ${quoted(master.relationshipId)} is no relationship to a master.`,
    );
  const part = relationship.target;
  checkPartType(part, pack.contentType(part), 'application/vnd.ms-visio.master+xml');
  return part;
};

const picturesOf =
  (pack: OpenPackage, part: string, limits: StencilLimits) =>
  (id: string): Picture | undefined => {
    const target = pack.relationshipsOf(part).find((one) => one.id === id)?.target;
    if (target === undefined)
      throw new StencilRefusal('relationship-wrong', `${quoted(part)} shows ${quoted(id)}, which is no relationship.`);
    return readPicture(pack.read(target), limits);
  };

const shapesByMaster = (pack: OpenPackage, parts: ReadonlyMap<string, string>, limits: StencilLimits) => {
  const kept = new Map<string, Shape[]>();
  return (id: string): Shape[] | undefined => {
    const part = parts.get(id);
    const shapes = kept.get(id) ?? (part === undefined ? undefined : readShapes(part, pack.read(part), limits));
    if (shapes) kept.set(id, shapes);
    return shapes;
  };
};

const paperScaleOf = ({ page }: MasterEntry): number =>
  number(page.cells, 'PageScale', 1) / number(page.cells, 'DrawingScale', 1);

const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const bytesOf = (picture: Picture | undefined): Uint8Array<ArrayBuffer> | undefined =>
  picture && Uint8Array.from(picture.bytes);

/**
 * Reads a Visio package and hands over its masters in their order, each described and drawn. Throws a StencilRefusal for
 * what is not read; what has been handed over until then is void.
 */
export const readStencil = async (
  archive: Buffer,
  limits: StencilLimits,
  onMaster: (drawn: DrawnMaster) => void,
): Promise<StencilSummary> => {
  const pack = await openPackage(archive, limits);
  const documentPart = targetOf(pack, '', 'document');
  if (documentPart === undefined)
    throw new StencilRefusal('relationship-wrong', 'The package points to no Visio document.');
  const { macroEnabled } = checkMainType(documentPart, pack.contentType(documentPart));
  const document = readDocument(documentPart, pack.read(documentPart), limits);
  const palette: Palette = { document, theme: themeOf(pack, documentPart, limits) };

  const mastersPart = targetOf(pack, documentPart, 'masters');
  if (mastersPart === undefined) throw noMasters();
  checkPartType(mastersPart, pack.contentType(mastersPart), 'application/vnd.ms-visio.masters+xml');
  const masters = readMasters(mastersPart, pack.read(mastersPart), limits);
  if (masters.length === 0) throw noMasters();
  const parts = new Map(masters.map((master) => [master.id, partOf(pack, mastersPart, master)]));
  const shapesOf = shapesByMaster(pack, parts, limits);

  let mastersBytes = 0;
  let previewsBytes = 0;
  for (const master of masters) {
    const part = partOf(pack, mastersPart, master);
    const shapes = inherit(readShapes(part, pack.read(part), limits), shapesOf, [master.id]);
    const described = describeMaster(master, shapes);
    const masterBytes = Buffer.byteLength(JSON.stringify(described));
    mastersBytes += masterBytes;
    if (masterBytes > limits.masterBytes || mastersBytes > limits.mastersBytes)
      throw new StencilRefusal(
        'masters-too-large',
        `${quoted(master.name)} has ${masterBytes} bytes of properties, points and keywords; at most ${limits.masterBytes} are kept of a master, and ${limits.mastersBytes} of a stencil.`,
      );
    const icon = readIcon(master.icon, limits);
    const picture = picturesOf(pack, part, limits);
    const drawable = { title: master.name, shapes, paperScale: paperScaleOf(master), icon, picture };
    const preview = new TextEncoder().encode(drawMaster(drawable, palette, limits.previewBytes));
    previewsBytes += preview.length;
    if (previewsBytes > limits.previewsBytes)
      throw new StencilRefusal(
        'previews-too-large',
        `The previews of this stencil take over ${limits.previewsBytes} bytes. Split it, or use smaller pictures.`,
      );
    onMaster({ master: described, preview, previewSha256: sha256Of(preview), icon: bytesOf(icon) });
  }
  pack.checkTheRest();
  return {
    sha256: sha256Of(archive),
    hasMacros: macroEnabled || pack.hasMacros,
  };
};
