import { SaxesParser } from 'saxes';
import { MediaRefusal } from '../refusal.ts';
import type { LookedAt } from './looked-at.ts';
import {
  allowedAttributes,
  allowedElements,
  isInertReference,
  isInertStyle,
  unwrappedElements,
} from './svg-allowed.ts';
import { usesOf } from './svg-references.ts';

const mostDepth = 64;
const mostElements = 50_000;
const svgNamespace = 'http://www.w3.org/2000/svg';

const escapedText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const escapedValue = (text: string): string => escapedText(text).replaceAll('"', '&quot;');

const isReference = (name: string): boolean => name === 'href' || name === 'xlink:href';

const isKept = (element: string, name: string, value: string): boolean => {
  if (!allowedAttributes.has(name)) return false;
  return isReference(name) ? isInertReference(element, value) : isInertStyle(value);
};

/** `svg:path` of a file that gives its elements a prefix is a `path`; other prefixes are other languages. */
const ownName = (name: string, prefix: string): string | undefined => {
  if (!name.includes(':')) return prefix === '' ? name : undefined;
  return prefix !== '' && name.startsWith(`${prefix}:`) ? name.slice(prefix.length + 1) : undefined;
};

const decoded = (bytes: Buffer): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new MediaRefusal('svg-malformed', 'The SVG is not UTF-8. Save it as UTF-8.');
  }
};

/** Writes the drawing anew from what it may be made of; all else is left out with what it holds. */
const rewritten = (source: string): string => {
  const out: string[] = [];
  const uses = usesOf();
  const closings: string[] = [];
  let [depth, elements, prefix, skipped, style] = [0, 0, '', 0, undefined as string | undefined];
  const parser = new SaxesParser({ position: false });

  parser.on('error', (error) => {
    throw new MediaRefusal('svg-malformed', `The SVG is not well-formed: ${error.message.slice(0, 100)}`);
  });
  parser.on('doctype', (declaration) => {
    if (declaration.includes('[') || /ENTITY/i.test(declaration))
      throw new MediaRefusal('svg-entities', 'The SVG declares entities of its own. Save it as plain SVG.');
  });
  parser.on('opentag', ({ name: written, attributes }) => {
    depth += 1;
    elements += 1;
    if (depth > mostDepth) throw new MediaRefusal('svg-too-deep', `The SVG nests over ${mostDepth} elements.`);
    if (elements > mostElements)
      throw new MediaRefusal('svg-too-large', `The SVG has over ${mostElements} elements. Make it simpler.`);
    if (depth === 1) {
      const [, found = ''] = /^([\w-]+):svg$/.exec(written) ?? [];
      prefix = found;
      const namespace = attributes[prefix === '' ? 'xmlns' : `xmlns:${prefix}`];
      if (ownName(written, prefix) !== 'svg' || namespace !== svgNamespace)
        throw new MediaRefusal('type-untrue', 'The file is not an SVG, whatever its name says.');
      out.push(`<svg xmlns="${svgNamespace}" xmlns:xlink="http://www.w3.org/1999/xlink"`);
    }
    const name = ownName(written, prefix);
    if (skipped > 0 || style !== undefined || name === undefined || !allowedElements.has(name)) {
      skipped += 1;
      return;
    }
    const kept = Object.entries(attributes as Record<string, string>).filter(([key, value]) =>
      isKept(name, key, value),
    );
    const values = Object.fromEntries(kept);
    uses.enter(values.id, name === 'use' ? (values.href ?? values['xlink:href'])?.slice(1) : undefined);
    if (name === 'style') {
      style = '';
      closings.push('');
      return;
    }
    if (unwrappedElements.has(name)) {
      out.push('<g>');
      closings.push('</g>');
      return;
    }
    if (depth > 1) out.push(`<${name}`);
    out.push(...kept.map(([key, value]) => ` ${key}="${escapedValue(value)}"`), '>');
    closings.push(`</${name}>`);
  });
  parser.on('closetag', () => {
    depth -= 1;
    if (skipped > 0) {
      skipped -= 1;
      return;
    }
    if (style !== undefined && isInertStyle(style)) out.push(`<style>${escapedText(style)}</style>`);
    style = undefined;
    uses.leave();
    out.push(closings.pop() ?? '');
  });
  const onText = (text: string): void => {
    if (skipped > 0 || depth === 0) return;
    if (style === undefined) out.push(escapedText(text));
    else style += text;
  };
  parser.on('text', onText);
  parser.on('cdata', onText);
  parser.write(source).close();
  uses.refuse();
  return out.join('');
};

/** A drawing that does nothing but be drawn: no script, no event, no reference out of it, nothing of another language. */
export const lookAtSvg = (bytes: Buffer): LookedAt => {
  const source = decoded(bytes);
  if (!/^\ufeff?\s*</.test(source))
    throw new MediaRefusal('type-untrue', 'The file is not an SVG, whatever its name says.');
  const drawing = rewritten(source);
  if (!/<(path|rect|circle|ellipse|line|polyline|polygon|text|use|image)[ >]/.test(drawing))
    throw new MediaRefusal('svg-empty', 'Nothing of the SVG is left that can be drawn.');
  return { bytes: Buffer.from(drawing, 'utf8') };
};
