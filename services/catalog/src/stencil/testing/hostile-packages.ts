import type { StencilLimits } from '../limits.ts';
import type { RefusalCode } from '../refusal.ts';
import { aShape, aStencil, aStencilFile, changed, without } from './a-stencil.ts';
import { type WrittenEntry, writeZip } from './zip-writer.ts';

const small: Partial<StencilLimits> = { entryBytes: 3_000_000, inflatedBytes: 5_000_000, ratioFreeBytes: 100_000 };
export const noise = (bytes: number): Buffer => {
  // Text that deflates to about half, and is the same with every run.
  let state = 1;
  return Buffer.from(
    Array.from({ length: bytes }, () => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      return 97 + ((state >> 16) % 26);
    }),
  );
};
const plus = (...entries: WrittenEntry[]): Buffer => writeZip([...aStencil(), ...entries]);
const edited = (name: string, change: (text: string) => string): Buffer => writeZip(changed(aStencil(), name, change));
const compoundFile = Buffer.from('d0cf11e0a1b11ae1', 'hex');
const nested = (depth: number, inner = ''): string =>
  depth === 0 ? inner : aShape(`<Shapes>${nested(depth - 1, inner)}</Shapes>`);
const masters = 'visio/masters/masters.xml';
const master = 'visio/masters/master1.xml';
const documentType = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>';
const instance = (id: number): string => `<Shape ID='5' Name='I' Type='Shape' Master='${id}'/>`;
// A hundred instances of a master with a hundred instances of a master …: 10^8 shapes of a few lines.
const multiplying = aStencilFile({
  masters: Array.from({ length: 5 }, (_, index) => ({
    shapes: index === 4 ? aShape() : aShape(`<Shapes>${instance(index + 3).repeat(100)}</Shapes>`),
  })),
});

/** What is refused, each with its code; some by limits that make it small. */
export const hostilePackages: [what: string, file: () => Buffer, code: RefusalCode, limits?: Partial<StencilLimits>][] =
  [
    ['nothing', () => Buffer.alloc(0), 'not-a-package'],
    ['a text', () => Buffer.from('<?xml version="1.0"?><VisioDocument/>'), 'not-a-package'],
    ['a binary stencil', () => Buffer.concat([compoundFile, noise(500)]), 'binary-visio'],
    [
      'a package under a password',
      () => Buffer.concat([compoundFile, Buffer.from('EncryptedPackage', 'utf16le')]),
      'file-encrypted',
    ],
    ['more bytes than are taken', () => aStencilFile(), 'file-too-large', { fileBytes: 500 }],
    ['half of a file', () => aStencilFile().subarray(0, 900), 'zip-malformed'],
    ['a magic number alone', () => Buffer.from('504b0304', 'hex'), 'zip-malformed'],
    ['a wrong checksum', () => plus({ name: 'x.bin', data: 'x', crc: 7 }), 'zip-malformed'],
    [
      'another name in the entry than in the directory',
      () => plus({ name: 'x', localName: 'y', data: '' }),
      'zip-malformed',
    ],
    [
      'bytes that do not inflate',
      () => plus({ name: 'x', data: 'no deflate', method: 8, claimedBytes: 9 }),
      'zip-size-untrue',
    ],
    ['an encrypted entry', () => plus({ name: 'x', data: 'x', flags: 0x0801 }), 'zip-entry-encrypted'],
    ['an unknown compression', () => plus({ name: 'x', data: 'x', method: 14 }), 'zip-method-unknown'],
    ['a name that climbs out', () => plus({ name: '../../etc/passwd', data: '' }), 'zip-name-unsafe'],
    ['a name that climbs out within', () => plus({ name: 'visio/../../x', data: '' }), 'zip-name-unsafe'],
    ['an absolute name', () => plus({ name: '/etc/passwd', data: '' }), 'zip-name-unsafe'],
    ['a name with a drive', () => plus({ name: 'C:x', data: '' }), 'zip-name-unsafe'],
    ['a name with backslashes', () => plus({ name: '..\\x', data: '' }), 'zip-name-unsafe'],
    ['a name with a zero', () => plus({ name: 'a\0.xml', data: '' }), 'zip-name-unsafe'],
    ['a name that is no text', () => plus({ name: Buffer.from([0xff, 0xfe]), data: '' }), 'zip-name-unsafe'],
    ['a part twice', () => plus({ name: master, data: '<a/>' }), 'zip-name-duplicate'],
    [
      'a part twice but for its case',
      () => plus({ name: 'VISIO/Masters/Master1.xml', data: '<a/>' }),
      'zip-name-duplicate',
    ],
    [
      'an entry within another',
      () =>
        writeZip([
          { name: 'x', method: 0, data: writeZip([{ name: 'y', method: 0, data: 'yy' }]) },
          { name: 'y', method: 0, data: 'yy', offset: 31 },
        ]),
      'zip-entries-overlap',
    ],
    ['more entries than are read', () => aStencilFile(), 'zip-too-many-entries', { entries: 4 }],
    [
      'a claim of fewer bytes than there are',
      () => plus({ name: 'x', data: noise(500), claimedBytes: 5 }),
      'zip-size-untrue',
    ],
    ['an entry that inflates too far', () => plus({ name: 'x', data: noise(4_000_000) }), 'zip-entry-too-large', small],
    [
      'entries that inflate too far together',
      () => plus(...['x', 'y'].map((name) => ({ name, data: noise(2_900_000) }))),
      'zip-too-large',
      small,
    ],
    ['a bomb', () => plus({ name: 'x.bin', data: Buffer.alloc(2_000_000) }), 'zip-ratio-too-high', small],
    [
      'a bomb that claims to be small',
      () => plus({ name: 'x.bin', data: Buffer.alloc(2_000_000), claimedBytes: 10 }),
      'zip-ratio-too-high',
      small,
    ],
    [
      'a bomb in a part that is read',
      () => edited(master, (text) => text.replace('<Shapes>', `<Shapes>${' '.repeat(2_000_000)}`)),
      'zip-ratio-too-high',
      small,
    ],
    [
      'a document of Word',
      () =>
        aStencilFile({ mainType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml' }),
      'content-type-wrong',
    ],
    [
      'a masters part that calls itself something else',
      () => edited('[Content_Types].xml', (text) => text.replace('vnd.ms-visio.masters+xml', 'vnd.ms-visio.pages+xml')),
      'content-type-wrong',
    ],
    [
      'a master that calls itself something else',
      () => edited('[Content_Types].xml', (text) => text.replace('vnd.ms-visio.master+xml', 'vnd.ms-visio.page+xml')),
      'content-type-wrong',
    ],
    ...['[Content_Types].xml', '_rels/.rels', 'visio/document.xml', masters, master].map(
      (name): (typeof hostilePackages)[number] => [
        `no ${name}`,
        () => writeZip(without(aStencil(), name)),
        'part-missing',
      ],
    ),
    [
      'no relationships of the document',
      () => writeZip(without(aStencil(), 'visio/_rels/document.xml.rels')),
      'no-masters',
    ],
    [
      'masters without a master',
      () => edited(masters, (text) => text.replace(/<Master .*<\/Master>/, '')),
      'no-masters',
    ],
    [
      'no relationships of the masters',
      () => writeZip(without(aStencil(), 'visio/masters/_rels/masters.xml.rels')),
      'relationship-wrong',
    ],
    [
      'a relationship out of the file',
      () => edited('_rels/.rels', (text) => text.replace("Target='", "TargetMode='External' Target='http://x/")),
      'relationship-external',
    ],
    [
      'a relationship to an address',
      () => edited('_rels/.rels', (text) => text.replace("Target='", "Target='file:///")),
      'relationship-wrong',
    ],
    [
      'a relationship above the file',
      () => edited('_rels/.rels', (text) => text.replace("Target='", "Target='../")),
      'relationship-wrong',
    ],
    [
      'a relationship of a wrong type',
      () =>
        edited('visio/masters/_rels/masters.xml.rels', (text) =>
          text.replace('relationships/master', 'relationships/page'),
        ),
      'relationship-wrong',
    ],
    [
      'a relationship twice',
      () => edited('_rels/.rels', (text) => text.replace(/(<Relationship .*\/>)/, '$1$1')),
      'relationship-wrong',
    ],
    [
      'a picture without a relationship',
      () =>
        aStencilFile({
          masters: [{ shapes: aShape("<ForeignData ForeignType='Bitmap'><Rel r:id='rId9'/></ForeignData>") }],
        }),
      'relationship-wrong',
    ],
    [
      'relationships in a circle',
      () =>
        plus({
          name: 'visio/masters/_rels/master1.xml.rels',
          data: "<Relationships><Relationship Id='r' Type='t' Target='../document.xml'/></Relationships>",
        }),
      'relationship-cycle',
    ],
    ['a document type', () => edited(master, (text) => documentType + text), 'xml-doctype'],
    [
      'a document type in a part that is not read',
      () => plus({ name: 'docProps/app.xml', data: `${documentType}<x/>` }),
      'xml-doctype',
    ],
    [
      'a document type in another encoding',
      () => plus({ name: 'docProps/app.xml', data: Buffer.from(`\ufeff${documentType}<x/>`, 'utf16le') }),
      'xml-doctype',
    ],
    ['an unknown entity', () => edited(master, (text) => text.replace('<Shapes>', '<Shapes>&a;')), 'xml-malformed'],
    ['an element that is not closed', () => edited(masters, (text) => text.slice(0, -5)), 'xml-malformed'],
    [
      'an attribute twice',
      () => edited(master, (text) => text.replace('<Shapes>', "<Shapes a='1' a='2'>")),
      'xml-malformed',
    ],
    [
      'bytes that are no text',
      () => plus({ name: '_rels/x.rels', data: Buffer.from([0x3c, 0xff, 0xff]) }),
      'xml-malformed',
    ],
    ['another root than the part has', () => edited(masters, () => '<Pages/>'), 'xml-malformed'],
    [
      'elements within elements',
      () => edited(master, (text) => text.replace('<Shapes>', `<Shapes>${'<a>'.repeat(300)}`)),
      'xml-too-deep',
    ],
    ['groups within groups', () => aStencilFile({ masters: [{ shapes: nested(40) }] }), 'shapes-too-deep'],
    [
      'styles in a circle',
      () =>
        aStencilFile({
          document: "<StyleSheets><StyleSheet ID='1' LineStyle='2'/><StyleSheet ID='2' LineStyle='1'/></StyleSheets>",
        }),
      'style-cycle',
    ],
    [
      'a master that holds itself',
      () => aStencilFile({ masters: [{ shapes: aShape(`<Shapes>${instance(2)}</Shapes>`) }] }),
      'master-cycle',
    ],
    [
      'masters that hold each other',
      () => aStencilFile({ masters: [{ shapes: instance(3) }, { shapes: instance(2) }] }),
      'master-cycle',
    ],
    ['masters that multiply', () => multiplying, 'too-many-shapes'],
    ['a scale of nothing', () => aStencilFile({ masters: [{ page: { DrawingScale: 0 } }] }), 'size-invalid'],
    ['a width that is no number', () => aStencilFile({ masters: [{ page: { PageWidth: 'wide' } }] }), 'size-invalid'],
    ['a width without end', () => aStencilFile({ masters: [{ page: { PageWidth: '1e308' } }] }), 'size-invalid'],
    ['more masters than are read', () => aStencilFile({ masters: [{}, {}, {}] }), 'too-many-masters', { masters: 2 }],
    [
      'a master with more to say than is kept',
      () => aStencilFile({ masters: [{ page: { ShapeKeywords: 'word '.repeat(100) } }] }),
      'masters-too-large',
      { masterBytes: 500 },
    ],
    [
      'masters with more to say together than is kept',
      () => aStencilFile({ masters: [{}, {}, {}] }),
      'masters-too-large',
      { mastersBytes: 500 },
    ],
    [
      'more previews than are kept',
      () => aStencilFile({ masters: [{}, {}, {}] }),
      'previews-too-large',
      { previewsBytes: 500 },
    ],
  ];
