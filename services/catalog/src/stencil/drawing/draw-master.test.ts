import { describe, expect, it } from 'vitest';
import { writePng } from '../image/write-png.ts';
import {
  aGeometry,
  aRectangle,
  aShape,
  aStencilFile,
  cells,
  type GivenMaster,
  type GivenStencil,
  row,
} from '../testing/a-stencil.ts';
import { inertFindings } from '../testing/inert-svg.ts';
import { readHere } from '../testing/read-here.ts';

const drawn = async (master: GivenMaster, given: GivenStencil = {}): Promise<string> => {
  const { previews } = await readHere(aStencilFile({ ...given, masters: [master] }));
  const [preview = ''] = previews;
  expect(inertFindings(preview)).toEqual([]);
  return preview;
};

const thin = cells({ LineWeight: 0, FillForegnd: '#ff0000', LineColor: '#0000ff' });
const png = writePng({ width: 2, height: 2, rgba: Buffer.alloc(16, 200) });
const emf = Buffer.concat([Buffer.from([1, 0, 0, 0]), Buffer.alloc(80)]);
const theme = `<a:theme xmlns:a='a' xmlns:vt='v'><a:clrScheme><a:dk1><a:sysClr lastClr='111111'/></a:dk1><a:accent1><a:srgbClr val='22AA22'/></a:accent1><vt:variationClrScheme><vt:varColor1><a:srgbClr val='3333bb'/></vt:varColor1></vt:variationClrScheme></a:clrScheme></a:theme>`;

/** An ICO of one picture of 32 by 32 pixels in 16 colours, as the files have. */
const anIcon = (): string => {
  const file = Buffer.alloc(22 + 40 + 64 + 512 + 128);
  file.set([0, 0, 1, 0, 1, 0, 32, 32, 16], 0);
  file.writeUInt32LE(file.length - 22, 14);
  file.writeUInt32LE(22, 18);
  file.writeUInt32LE(40, 22);
  file.writeInt32LE(32, 26);
  file.writeInt32LE(64, 30);
  file.writeUInt16LE(1, 34);
  file.writeUInt16LE(4, 36);
  return file.toString('base64').replaceAll(/.{76}/g, '$&\n');
};

const foreign = (type: string, place = {}) => ({
  shapes: aShape(`<ForeignData ForeignType='${type}'><Rel r:id='rId1'/></ForeignData>`, "ID='5'", place),
});

describe('a preview', () => {
  it('shows what is drawn, wherever on its page or beside it that lies', async () => {
    const svg = await drawn({ shapes: aShape(thin + aRectangle, "ID='5'", { PinX: 12, PinY: -3 }) });
    expect(svg).toContain('viewBox="792 180 144 72"');
    expect(svg).toContain('width="50.8mm" height="25.4mm"');
  });

  it('shows a line within its width', async () => {
    const shape = aShape(
      cells({ LineWeight: 1 / 36, FillPattern: 0 }) +
        aGeometry(row('MoveTo', { X: 0, Y: 0 }), row('LineTo', { X: 1, Y: 0 })),
    );
    expect(await drawn({ shapes: shape })).toContain('viewBox="-1 -1 74 2"');
  });

  it('turns, mirrors and nests what is drawn', async () => {
    const inner = aShape(thin + aRectangle, "ID='6'", { PinX: 2, PinY: 0, LocPinX: 0, LocPinY: 0, Angle: Math.PI / 2 });
    const group = { PinX: 0, PinY: 0, LocPinX: 0, LocPinY: 0, FlipX: 1 };
    const svg = await drawn({ shapes: aShape(`<Shapes>${inner}</Shapes>`, "ID='5'", group) });
    // Turned it stands from 1 to 2 and 2 high, mirrored from −2 to −1.
    expect(svg).toContain('viewBox="-144 -144 72 144"');
  });

  it('is on paper as large as the drawing’s scale makes it, its lines as wide as they are', async () => {
    const shapes = aShape(cells({ LineWeight: 1 / 72 }) + aRectangle);
    const svg = await drawn({ page: { PageScale: 1, DrawingScale: 10 }, shapes });
    expect(svg).toContain('stroke-width="1"');
    expect(svg).toContain('viewBox="-0.5 -7.7 15.4 8.2"');
  });

  it('leaves a hole where two sections of a shape overlap', async () => {
    const svg = await drawn({ shapes: aShape(aRectangle + aRectangle.replace("IX='0'", "IX='1'")) });
    expect(svg.match(/<path /g)).toHaveLength(1);
    expect(svg).toContain('fill-rule="evenodd"');
  });

  it('leaves out what is neither filled nor lined, and what is not shown', async () => {
    const hidden = aRectangle.replace("IX='0'>", `IX='0'>${cells({ NoShow: 1 })}`);
    const bare = aRectangle.replace("IX='0'>", `IX='1'>${cells({ NoFill: 1, NoLine: 1 })}`);
    expect(await drawn({ shapes: aShape(thin + hidden + bare) })).not.toContain('#ff0000');
  });

  it.each([
    [
      'an index of the document',
      { FillForegnd: 24 },
      "<Colors><ColorEntry IX='24' RGB='#ABCDEF'/></Colors>",
      '#abcdef',
    ],
    ['an index of Visio', { FillForegnd: 2 }, '', '#ff0000'],
    ['the theme', { FillForegnd: 'Themed', QuickStyleFillColor: 2 }, '', '#22aa22'],
    ['the theme’s variation', { FillForegnd: 'Themed' }, '', '#3333bb'],
    ['what is no colour', { FillForegnd: 'url(http://x)' }, '', '#ffffff'],
    ['half of both in a hatching', { FillForegnd: '#ff0000', FillBkgnd: '#0000ff', FillPattern: 4 }, '', '#800080'],
  ])('fills with %s', async (_what, values, document, colour) => {
    expect(await drawn({ shapes: aShape(cells(values) + aRectangle) }, { document, theme })).toContain(
      `fill="${colour}"`,
    );
  });

  it('takes from styles, and theirs, what the shape does not say', async () => {
    const document = `<StyleSheets><StyleSheet ID='0'>${cells({ LineColor: '#123456', FillPattern: 0 })}</StyleSheet><StyleSheet ID='3' LineStyle='0' FillStyle='0'/></StyleSheets>`;
    const svg = await drawn({ shapes: aShape(aRectangle, "ID='5' LineStyle='3' FillStyle='3'") }, { document });
    expect(svg).toContain('stroke="#123456"');
    expect(svg).toContain('fill="none"');
  });

  it('takes nothing from a style without an ID', async () => {
    const document = `<StyleSheets><StyleSheet ID=''>${cells({ LineColor: '#123456' })}</StyleSheet></StyleSheets>`;
    expect(await drawn({ shapes: aShape(aRectangle) }, { document })).toContain('stroke="#000000"');
  });

  it('fills with the stops of a gradient', async () => {
    const stop = (position: number, colour: string) =>
      `<Row>${cells({ GradientStopColor: colour, GradientStopPosition: position })}</Row>`;
    const stops = `<Section N='FillGradient'>${stop(0, '#111111')}${stop(1, '#eeeeee')}</Section>`;
    const svg = await drawn({ shapes: aShape(cells({ FillGradientEnabled: 1 }) + stops + aRectangle) });
    expect(svg).toContain(
      '<linearGradient id="d0" x1="0" y1="0.5" x2="1" y2="0.5"><stop offset="0" stop-color="#111111"/>',
    );
    expect(svg).toContain('fill="url(#d0)"');
  });

  it('shows text as text, whatever it says', async () => {
    const evil = '&lt;script&gt;alert(1)&lt;/script&gt; &amp; "x" \'y\' ]]&gt;';
    const svg = await drawn({
      attributes: "ID='2' Name='&lt;b onload=&quot;x&quot;&gt;'",
      shapes: aShape(`<Text><cp IX='0'/>${evil}</Text>`),
    });
    expect(svg).not.toContain('<script');
    expect(svg).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(svg).toContain('<title>&lt;b onload=&quot;x&quot;&gt;</title>');
  });

  it('sets text as its character says, and no font that is no name', async () => {
    const character = (font: string) =>
      `<Section N='Character'><Row IX='0'>${cells({ Font: font, Size: 0.25, Style: 3, Color: '#00ff00' })}</Row></Section>`;
    const shape = (font: string) => aShape(`${character(font)}<Text>Rack</Text>`);
    expect(await drawn({ shapes: shape('Segoe UI') })).toMatch(
      /font-family="'Segoe UI', Arial, sans-serif" font-size="18" fill="#00ff00" text-anchor="middle" font-weight="bold" font-style="italic"/,
    );
    expect(await drawn({ shapes: shape('x;}@import url(//evil)') })).toContain('font-family="Arial, sans-serif"');
  });

  it('shows a PNG of the file, and a bitmap as one, from their own bytes', async () => {
    const dib = Buffer.alloc(40 + 16);
    dib.writeUInt32LE(40, 0);
    dib.writeInt32LE(2, 4);
    dib.writeInt32LE(2, 8);
    dib.writeUInt16LE(24, 14);
    for (const bytes of [png, dib, Buffer.concat([Buffer.from('BM'), Buffer.alloc(12), dib])])
      expect(await drawn({ ...foreign('Bitmap'), images: { rId1: bytes } })).toContain(
        'href="data:image/png;base64,iVBOR',
      );
    expect(await drawn({ ...foreign('Bitmap'), images: { rId1: png } })).toContain(png.toString('base64'));
  });

  it('crops a picture to its shape', async () => {
    const svg = await drawn({ ...foreign('Bitmap', { ImgWidth: 4, ImgOffsetX: -1 }), images: { rId1: png } });
    expect(svg).toContain('clip-path="url(#d0)"');
    expect(svg).toContain('viewBox="0 -72 144 72"');
  });

  it.each([
    ['a metafile', emf],
    [
      'a picture of more pixels than a browser should be asked for',
      Buffer.concat([png.subarray(0, 16), Buffer.alloc(8, 0x7f), png.subarray(24)]),
    ],
    ['what calls itself a picture and is SVG', Buffer.from('<svg onload="alert(1)"/>')],
  ])('shows the icon in place of %s', async (_what, bytes) => {
    const svg = await drawn({ ...foreign('EnhMetaFile'), images: { rId1: bytes }, icon: anIcon() });
    expect(svg).toContain('preserveAspectRatio="xMidYMid meet" href="data:image/png;base64,');
  });

  it('is the icon where nothing is drawn, an empty frame where there is no icon, and the icon where too much is drawn', async () => {
    const empty = aShape();
    expect(await drawn({ shapes: empty, icon: anIcon() })).toContain(
      '<image width="32" height="32" href="data:image/png',
    );
    expect(await drawn({ shapes: empty })).toContain('stroke-dasharray="2 2"');
    const file = aStencilFile({ masters: [{ icon: anIcon() }] });
    const { previews } = await readHere(file, { previewBytes: 100 });
    expect(previews[0]).toContain('<image width="32"');
  });

  it('hands over the icon as a PNG', async () => {
    const { icons } = await readHere(aStencilFile({ masters: [{ icon: anIcon() }, {}, { icon: 'AAABAAE' }] }));
    expect(icons.map((icon) => icon && Buffer.from(icon).subarray(1, 4).toString())).toEqual([
      'PNG',
      undefined,
      undefined,
    ]);
  });

  it('ends lines with arrows that point their way', async () => {
    const line = aGeometry(row('MoveTo', { X: 0, Y: 0 }), row('LineTo', { X: 1, Y: 0 }));
    const shape = aShape(cells({ LineWeight: 0, EndArrow: 13, EndArrowSize: 2, FillPattern: 0 }) + line);
    expect(await drawn({ shapes: shape })).toContain('<path d="M72 0L67.5 -1.8L67.5 1.8Z" fill="#000000"/>');
  });
});
