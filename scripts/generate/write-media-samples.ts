import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { writePng } from '@legendops/catalog/stencil/image/write-png';
import { aRectangle, aStencilFile, cells } from '@legendops/catalog/stencil/testing/a-stencil';

// Writes what is in media/ and cannot be written by hand: node scripts/generate/write-media-samples.ts
const root = join(import.meta.dirname, '../../media');

type Colour = readonly [number, number, number];
interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
  colour: Colour;
}

const painted = (width: number, height: number, boxes: readonly Box[]): Buffer => {
  const rgba = Buffer.alloc(width * height * 4, 0xff);
  for (const box of boxes)
    for (let y = box.y; y < box.y + box.height; y += 1)
      for (let x = box.x; x < box.x + box.width; x += 1) rgba.set([...box.colour, 0xff], (y * width + x) * 4);
  return writePng({ width, height, rgba });
};

/** A keystone module from the front: its frame, the opening, eight contacts. */
const keystone = (): Buffer => {
  const contacts = Array.from({ length: 8 }, (_, index) => ({
    x: 112 + index * 12,
    y: 96,
    width: 6,
    height: 40,
    colour: [201, 162, 39] as const,
  }));
  return painted(320, 320, [
    { x: 60, y: 40, width: 200, height: 240, colour: [226, 232, 240] },
    { x: 76, y: 56, width: 168, height: 208, colour: [203, 213, 225] },
    { x: 96, y: 88, width: 128, height: 112, colour: [30, 41, 59] },
    { x: 128, y: 200, width: 64, height: 24, colour: [30, 41, 59] },
    ...contacts,
    { x: 96, y: 236, width: 128, height: 12, colour: [37, 99, 235] },
  ]);
};

/** A rectangle whose middle is at this place of what holds it, in inches. */
const box = (id: number, name: string, at: Omit<Box, 'colour'> & { fill: string }): string => {
  const place = { PinX: at.x, PinY: at.y, LocPinX: at.width / 2, LocPinY: at.height / 2 };
  const look = cells({ ...place, Width: at.width, Height: at.height, FillForegnd: at.fill, FillPattern: 1 });
  return `<Shape ID='${id}' Name='${name}' Type='Shape'>${look}${aRectangle}</Shape>`;
};

// What stands in a rack is 19 inches wide, and 1.75 high where it takes one unit.
const front = { x: 9.5, y: 0.875, width: 19, height: 1.75 };

const panel = (name: string, ports: number, fill: string): string => {
  const openings = Array.from({ length: ports }, (_, index) => {
    const x = 1.2 + (index * 16.6) / (ports - 1);
    return box(10 + index, `Port ${index + 1}`, { x, y: 0.875, width: 0.45, height: 0.5, fill: '#1e293b' });
  });
  const { x, y, width, height } = front;
  const place = cells({ PinX: x, PinY: y, Width: width, Height: height, LocPinX: x, LocPinY: y });
  const shapes = [box(6, 'Front', { ...front, fill }), ...openings].join('');
  return `<Shape ID='5' Name='${name}' Type='Group'>${place}<Shapes>${shapes}</Shapes></Shape>`;
};

const masters = [
  { name: 'Patch panel 24', prompt: 'Patch panel of 24 ports, one unit', shapes: panel('Panel', 24, '#cbd5e1') },
  { name: 'Access switch 16', prompt: 'Switch of 16 ports, one unit', shapes: panel('Switch', 16, '#64748b') },
  { name: 'Blank panel', prompt: 'Covers one unit', shapes: box(5, 'Blank', { ...front, fill: '#e2e8f0' }) },
];

const idOf = (kind: string, index: number): string => `{5A3${kind}0000-0000-4000-8000-00000000000${index}}`;

/** What stands in a rack, as masters. */
const rackStencil = (): Buffer =>
  aStencilFile({
    masters: masters.map(({ name, prompt, shapes }, index) => ({
      attributes: `ID='${index + 2}' Name='${name}' NameU='${name}' UniqueID='${idOf('C', index)}' BaseID='${idOf('D', index)}' Prompt='${prompt}'`,
      page: { PageWidth: front.width, PageHeight: front.height },
      shapes,
    })),
  });

const escaped = (text: string): string => text.replaceAll(/[\\()]/g, (one) => `\\${one}`);

/** One page of text, in a font that every reader has. */
const pdfOf = (title: string, lines: readonly string[]): Buffer => {
  const drawn = [
    'BT /F1 20 Tf 60 780 Td',
    `(${escaped(title)}) Tj`,
    '/F1 11 Tf 0 -14 Td',
    ...lines.map((line) => `0 -18 Td (${escaped(line)}) Tj`),
    'ET',
  ].join('\n');
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R /Lang (en) >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${drawn.length} >>\nstream\n${drawn}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ].map((object, index) => `${index + 1} 0 obj\n${object}\nendobj\n`);
  const head = '%PDF-1.7\n';
  const places = objects.map((_, index) => head.length + objects.slice(0, index).join('').length);
  const body = head + objects.join('');
  const table = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('');
  const count = objects.length + 1;
  return Buffer.from(
    `${body}xref\n0 ${count}\n0000000000 65535 f \n${table}trailer\n<< /Size ${count} /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`,
    'latin1',
  );
};

const dataSheet = (): Buffer =>
  pdfOf('Contoso access switch 24 PoE', [
    'Made up for the examples of LegendOps.',
    'Ports: 24 of 1000BASE-T, class 4 PoE (IEEE 802.3at), 370 W together',
    'Height: 1 rack unit. Supply: 100 to 240 V, 50 to 60 Hz',
    'Works from 0 to 45 degrees Celsius',
  ]);

const samples: Readonly<Record<string, () => Buffer>> = {
  'product-images/keystone-module.png': keystone,
  'visio-stencils/rack.vssx': rackStencil,
  'documents/access-switch-24-poe.pdf': dataSheet,
};

for (const [path, bytes] of Object.entries(samples)) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), bytes());
  process.stdout.write(`media/${path}\n`);
}
