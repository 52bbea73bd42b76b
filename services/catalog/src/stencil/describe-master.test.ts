import { describe, expect, it } from 'vitest';
import { aShape, aStencilFile, cells, type GivenMaster } from './testing/a-stencil.ts';
import { readHere } from './testing/read-here.ts';

const described = async (...masters: GivenMaster[]) => (await readHere(aStencilFile({ masters }))).masters;
const point = (x: number | string, y: number | string): string => `<Row T='Connection'>${cells({ X: x, Y: y })}</Row>`;
const connections = (...rows: string[]): string => `<Section N='Connection'>${rows.join('')}</Section>`;

describe('what is told of a master', () => {
  it('is its names, identities and marks', async () => {
    const attributes =
      "ID='2' Name='Serveur &amp; &lt;b&gt;' NameU='Server' UniqueID='{U}' BaseID='{B}' Hidden='1' PatternFlags='1026' Prompt='Drag me'";
    expect(await described({ attributes })).toEqual([
      {
        name: 'Serveur & <b>',
        nameU: 'Server',
        uniqueId: '{U}',
        baseId: '{B}',
        isHidden: true,
        isPattern: true,
        prompt: 'Drag me',
        keywords: [],
        widthMm: 50.8,
        heightMm: 25.4,
        connectionPoints: [],
        properties: [],
      },
    ]);
  });

  it('is its size on paper, whatever the unit that Visio shows', async () => {
    const masters = await described(
      { page: { PageWidth: 19.685, PageHeight: 10, PageScale: 1, DrawingScale: 20 } },
      { page: { PageScale: 0.03937, DrawingScale: 0.03937 } },
    );
    expect(masters.map(({ widthMm, heightMm }) => [widthMm, heightMm])).toEqual([
      [24.99995, 12.7],
      [50.8, 25.4],
    ]);
  });

  it('is its keywords, split at white space and separators', async () => {
    const [master] = await described({ page: { ShapeKeywords: ' Server,rack;Data centre\tOn-premises|1U  ' } });
    expect(master?.keywords).toEqual(['Server', 'rack', 'Data', 'centre', 'On-premises', '1U']);
  });

  it('is the connection points of the top shape and of nested ones, each in its own coordinates', async () => {
    const inner = aShape(connections(point('-0', 0.5)), "ID='6' Name='Inner'", { PinX: 7, PinY: 7 });
    const [master] = await described({ shapes: aShape(`${connections(point(1, 2))}<Shapes>${inner}</Shapes>`) });
    expect(master?.connectionPoints).toEqual([
      { x: 25.4, y: 50.8 },
      { x: 0, y: 12.7 },
    ]);
    expect(Object.is(master?.connectionPoints[1]?.x, 0)).toBe(true);
  });

  it('is the properties of the top shape and of nested ones, each with its shape; deleted rows are none', async () => {
    const property = (name: string, values: Record<string, string | number>, extra = '') =>
      `<Row N='${name}'${extra}>${cells(values)}</Row>`;
    const section = (...rows: string[]) => `<Section N='Property'>${rows.join('')}</Section>`;
    const inner = aShape(section(property('Ports', { Type: 2, Value: 48 })), "ID='6' Name='Panel'");
    const top = section(
      property('Maker', { Value: 'A &amp; B', Label: 'Maker', Type: 0, Prompt: 'Who?', Format: '@' }),
      property('Gone', { Value: 1 }, " Del='1'"),
    );
    const [master] = await described({ shapes: aShape(`${top}<Shapes>${inner}</Shapes>`) });
    const none = { label: '', prompt: '', format: '' };
    expect(master?.properties).toEqual([
      {
        name: 'Maker',
        label: 'Maker',
        type: 0,
        value: 'A & B',
        prompt: 'Who?',
        format: '@',
        shape: { id: '5', name: 'Box' },
      },
      { ...none, name: 'Ports', type: 2, value: '48', shape: { id: '6', name: 'Panel' } },
    ]);
  });

  it('is what it has from the master that it is an instance of', async () => {
    const [, master] = await described(
      { shapes: aShape(connections(point(1, 1)), "ID='5' Name='Base'") },
      { shapes: "<Shape ID='9' Master='2' Type='Shape'/>" },
    );
    expect(master?.connectionPoints).toEqual([{ x: 25.4, y: 25.4 }]);
  });
});
