import type { Attributes } from '../package/read-xml.ts';
import type { Cells, Row, Section, Sheet } from './sheet.ts';

export const emptySheet = (attributes: Attributes): Sheet => ({
  cells: {},
  sections: [],
  lineStyle: attributes['LineStyle'] ?? '',
  fillStyle: attributes['FillStyle'] ?? '',
  textStyle: attributes['TextStyle'] ?? '',
});

/** Takes the elements below a sheet (Section, Row, Cell) and fills the sheet that is open. */
export const sheetBuilder = () => {
  let section: Section | undefined;
  let row: Row | undefined;
  return {
    open(sheet: Sheet, name: string, attributes: Attributes): void {
      if (name === 'Cell') {
        const cells: Cells = row?.cells ?? section?.cells ?? sheet.cells;
        const { N: cell = '', V: value = '' } = attributes;
        cells[cell] = value;
      } else if (name === 'Row' && section) {
        const { N: rowName = '', T: type = '', IX: index = '', Del } = attributes;
        row = { name: rowName, type, index, isDeleted: Del === '1', cells: {} };
        section.rows.push(row);
      } else if (name === 'Section') {
        const { N: sectionName = '', IX: index = '0', Del } = attributes;
        section = { name: sectionName, index, isDeleted: Del === '1', cells: {}, rows: [] };
        sheet.sections.push(section);
      }
    },
    close(name: string): void {
      if (name === 'Row') row = undefined;
      if (name === 'Section') section = undefined;
    },
  };
};
