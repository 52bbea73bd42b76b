import type { StencilLimits } from '../limits.ts';
import { quoted, StencilRefusal } from '../refusal.ts';
import { readXml } from './read-xml.ts';

export type ContentTypeOf = (part: string) => string;

export const readContentTypes = (bytes: Buffer, limits: StencilLimits): ContentTypeOf => {
  const [defaults, overrides] = [new Map<string, string>(), new Map<string, string>()];
  readXml({ name: '[Content_Types].xml', bytes, root: 'Types' }, limits, {
    open: (element, { Extension: extension = '', PartName: part = '', ContentType: type = '' }) => {
      if (element === 'Default') defaults.set(extension.toLowerCase(), type);
      if (element === 'Override') overrides.set(part.replace(/^\//, '').toLowerCase(), type);
    },
  });
  return (part) => {
    const name = part.toLowerCase();
    return overrides.get(name) ?? defaults.get(name.slice(name.lastIndexOf('.') + 1)) ?? '';
  };
};

const mainType = /^application\/vnd\.ms-visio\.(stencil|drawing|template)\.(macroEnabled\.)?main\+xml$/;

/** Whether the document may bring macros. */
export const checkMainType = (part: string, type: string): { macroEnabled: boolean } => {
  const matched = mainType.exec(type);
  if (!matched)
    throw new StencilRefusal(
      'content-type-wrong',
      `${quoted(part)} is of type ${quoted(type)}. What is read are stencils, drawings and templates of Visio 2013 and later (.vssx, .vsdx, .vstx).`,
    );
  return { macroEnabled: matched[2] !== undefined };
};

/** A part that calls itself something else than what the relationship made of it. */
export const checkPartType = (part: string, type: string, expected: string): void => {
  if (![expected, 'application/xml', 'text/xml'].includes(type))
    throw new StencilRefusal(
      'content-type-wrong',
      `${quoted(part)} is of type ${quoted(type)} instead of ${expected}.`,
    );
};
