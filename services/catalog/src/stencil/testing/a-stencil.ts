import { type WrittenEntry, writeZip } from './zip-writer.ts';

const main = "xmlns='http://schemas.microsoft.com/office/visio/2012/main'";
const office = "xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'";
const packages = 'http://schemas.openxmlformats.org/package/2006';
const visio = 'http://schemas.microsoft.com/visio/2010/relationships';
const image = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/image';
const theme = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/theme';

export const cells = (values: Record<string, string | number>): string =>
  Object.entries(values)
    .map(([name, value]) => `<Cell N='${name}' V='${value}'/>`)
    .join('');

export const row = (type: string, values: Record<string, string | number>): string =>
  `<Row T='${type}'>${cells(values)}</Row>`;

/** A shape of 2 by 1 inches whose middle lies at (1, 0.5), with what is put into it. */
export const aShape = (
  inner = '',
  attributes = "ID='5' Name='Box'",
  place: Record<string, string | number> = {},
): string =>
  `<Shape ${attributes} Type='Shape'>${cells({ PinX: 1, PinY: 0.5, Width: 2, Height: 1, LocPinX: 1, LocPinY: 0.5, ...place })}${inner}</Shape>`;

export const aGeometry = (...rows: string[]): string => `<Section N='Geometry' IX='0'>${rows.join('')}</Section>`;

export const aRectangle = aGeometry(
  row('RelMoveTo', { X: 0, Y: 0 }),
  row('RelLineTo', { X: 1, Y: 0 }),
  row('RelLineTo', { X: 1, Y: 1 }),
  row('RelLineTo', { X: 0, Y: 1 }),
  row('RelLineTo', { X: 0, Y: 0 }),
);

export interface GivenMaster {
  attributes?: string;
  page?: Record<string, string | number>;
  icon?: string;
  shapes?: string;
  /** Images by relationship ID. */
  images?: Record<string, Buffer>;
}

export interface GivenStencil {
  mainType?: string;
  masters?: readonly GivenMaster[];
  /** Inside of `<VisioDocument>`. */
  document?: string;
  theme?: string;
}

const relationships = (list: readonly (readonly [id: string, type: string, target: string])[]): string =>
  `<Relationships xmlns='${packages}/relationships'>${list
    .map(([id, type, target]) => `<Relationship Id='${id}' Type='${type}' Target='${target}'/>`)
    .join('')}</Relationships>`;

const masterEntries = (master: GivenMaster, index: number): WrittenEntry[] => {
  const part = `visio/masters/master${index + 1}.xml`;
  const images = Object.entries(master.images ?? {});
  return [
    {
      name: part,
      data: `<MasterContents ${main} ${office}><Shapes>${master.shapes ?? aShape(aRectangle)}</Shapes></MasterContents>`,
    },
    ...(images.length === 0
      ? []
      : [
          {
            name: `visio/masters/_rels/master${index + 1}.xml.rels`,
            data: relationships(images.map(([id]) => [id, image, `../media/${index}-${id}`])),
          },
        ]),
    ...images.map(([id, data]) => ({ name: `visio/media/${index}-${id}`, data })),
  ];
};

/** The entries of a stencil that reads well, to be changed by who wants one that does not. */
export const aStencil = ({
  mainType,
  masters = [{}],
  document = '',
  theme: themed,
}: GivenStencil = {}): WrittenEntry[] => {
  const type = mainType ?? 'application/vnd.ms-visio.stencil.main+xml';
  const overrides = [
    ['visio/document.xml', type],
    ['visio/masters/masters.xml', 'application/vnd.ms-visio.masters+xml'],
    ...masters.map((_, index) => [`visio/masters/master${index + 1}.xml`, 'application/vnd.ms-visio.master+xml']),
  ];
  return [
    {
      name: '[Content_Types].xml',
      data: `<Types xmlns='${packages}/content-types'><Default Extension='rels' ContentType='application/vnd.openxmlformats-package.relationships+xml'/><Default Extension='xml' ContentType='application/xml'/>${overrides
        .map(([part, of]) => `<Override PartName='/${part}' ContentType='${of}'/>`)
        .join('')}</Types>`,
    },
    { name: '_rels/.rels', data: relationships([['rId1', `${visio}/document`, 'visio/document.xml']]) },
    { name: 'visio/document.xml', data: `<VisioDocument ${main}>${document}</VisioDocument>` },
    {
      name: 'visio/_rels/document.xml.rels',
      data: relationships([
        ['rId1', `${visio}/masters`, 'masters/masters.xml'],
        ...(themed === undefined ? [] : [['rId2', theme, 'theme/theme1.xml'] as const]),
      ]),
    },
    ...(themed === undefined ? [] : [{ name: 'visio/theme/theme1.xml', data: themed }]),
    {
      name: 'visio/masters/masters.xml',
      data: `<Masters ${main} ${office}>${masters
        .map(
          (master, index) =>
            `<Master ${master.attributes ?? `ID='${index + 2}' Name='Master ${index}' UniqueID='{U${index}}' BaseID='{B${index}}'`}><PageSheet>${cells({ PageWidth: 2, PageHeight: 1, ...master.page })}</PageSheet>${master.icon === undefined ? '' : `<Icon>${master.icon}</Icon>`}<Rel r:id='rId${index + 1}'/></Master>`,
        )
        .join('')}</Masters>`,
    },
    {
      name: 'visio/masters/_rels/masters.xml.rels',
      data: relationships(masters.map((_, index) => [`rId${index + 1}`, `${visio}/master`, `master${index + 1}.xml`])),
    },
    ...masters.flatMap(masterEntries),
  ];
};

/** The same entries with the data of one changed. */
export const changed = (
  entries: readonly WrittenEntry[],
  name: string,
  change: (text: string) => string,
): WrittenEntry[] =>
  entries.map((entry) => (entry.name === name ? { ...entry, data: change(entry.data.toString()) } : entry));

export const without = (entries: readonly WrittenEntry[], name: string): WrittenEntry[] =>
  entries.filter((entry) => entry.name !== name);

export const aStencilFile = (given?: GivenStencil): Buffer => writeZip(aStencil(given));
