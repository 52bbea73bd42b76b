import { SaxesParser } from 'saxes';

const elements = new Set(
  'svg title defs path text tspan image g linearGradient radialGradient stop clipPath'.split(' '),
);
const attributes = new Set(
  'xmlns width height viewBox id d fill fill-rule fill-opacity stroke stroke-width stroke-linejoin stroke-linecap stroke-opacity stroke-dasharray transform font-family font-size font-weight font-style text-decoration text-anchor x y x1 y1 x2 y2 offset stop-color stop-opacity preserveAspectRatio href clip-path'.split(
    ' ',
  ),
);

const addressFinding = (name: string, value: string): string | undefined => {
  if (name === 'href' && !/^data:image\/(png|jpeg|gif);base64,[A-Za-z0-9+/=]*$/.test(value)) return value.slice(0, 80);
  if (value.includes('url(') && !/^url\(#d\d+\)$/.test(value)) return value.slice(0, 80);
  return undefined;
};

/** What a preview holds that it must not: anything but our own elements and attributes, or an address outside of it. */
export const inertFindings = (svg: string): string[] => {
  const findings: string[] = [];
  const parser = new SaxesParser({ fragment: false, position: false });
  parser.on('error', (error) => findings.push(error.message));
  parser.on('doctype', () => findings.push('a document type'));
  parser.on('processinginstruction', ({ target }) => findings.push(`<?${target}?>`));
  parser.on('opentag', (tag) => {
    if (!elements.has(tag.name)) findings.push(`<${tag.name}>`);
    for (const [name, value] of Object.entries(tag.attributes as Record<string, string>)) {
      if (!attributes.has(name)) findings.push(`${tag.name} ${name}`);
      const finding = addressFinding(name, value);
      if (finding !== undefined) findings.push(finding);
      if (/NaN|Infinity|undefined/.test(name === 'href' ? '' : value)) findings.push(`${name}="${value.slice(0, 80)}"`);
    }
  });
  parser.write(svg).close();
  return findings;
};
