import { SaxesParser } from 'saxes';
import type { StencilLimits } from '../limits.ts';
import { quoted, StencilRefusal } from '../refusal.ts';

export type Attributes = Readonly<Record<string, string | undefined>>;

/** The `r:id` of an element, whatever its file calls the namespace of relationships. */
export const relationshipIdOf = (attributes: Attributes): string => {
  for (const name in attributes) if (name.endsWith(':id')) return attributes[name] ?? '';
  return '';
};

export interface XmlHandlers {
  /** Names come without their prefix. */
  open: (name: string, attributes: Attributes) => void;
  close?: (name: string) => void;
  text?: (text: string) => void;
}

export interface XmlPart {
  name: string;
  bytes: Buffer;
  root: string;
}

const chunkBytes = 64 * 1024;

const localName = (name: string): string => {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
};

const decoderOf = (bytes: Buffer): TextDecoder => {
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding, { fatal: true });
};

/**
 * Reads one part as it comes, in pieces, so that no part is held as one text. A document type is refused before
 * anything it declares could matter (the packaging standard forbids it), so no entity but the five of XML exists.
 */
export const readXml = (part: XmlPart, limits: StencilLimits, handlers: XmlHandlers): void => {
  const parser = new SaxesParser({ fragment: false, position: false });
  let depth = 0;
  parser.on('doctype', () => {
    throw new StencilRefusal('xml-doctype', `${quoted(part.name)} holds a document type; packages have none.`);
  });
  parser.on('error', (error) => {
    throw new StencilRefusal(
      'xml-malformed',
      `${quoted(part.name)} is not well-formed: ${error.message.slice(0, 120)}`,
    );
  });
  parser.on('opentag', (tag) => {
    const name = localName(tag.name);
    depth += 1;
    if (depth === 1 && name !== part.root)
      throw new StencilRefusal('xml-malformed', `${quoted(part.name)} is a ${quoted(name)} instead of ${part.root}.`);
    if (depth > limits.xmlDepth)
      throw new StencilRefusal('xml-too-deep', `${quoted(part.name)} nests over ${limits.xmlDepth} elements.`);
    // Without namespaces of its own, attributes are texts.
    handlers.open(name, tag.attributes as Attributes);
  });
  parser.on('closetag', (tag) => {
    depth -= 1;
    handlers.close?.(localName(tag.name));
  });
  if (handlers.text) {
    parser.on('text', handlers.text);
    parser.on('cdata', handlers.text);
  }
  const decoder = decoderOf(part.bytes);
  try {
    for (let at = 0; at < part.bytes.length; at += chunkBytes)
      parser.write(decoder.decode(part.bytes.subarray(at, at + chunkBytes), { stream: true }));
    parser.write(decoder.decode()).close();
  } catch (error) {
    if (error instanceof TypeError && 'code' in error && error.code === 'ERR_ENCODING_INVALID_ENCODED_DATA')
      throw new StencilRefusal('xml-malformed', `${quoted(part.name)} is not UTF-8 or UTF-16.`);
    throw error;
  }
};
