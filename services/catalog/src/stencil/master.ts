export interface ConnectionPoint {
  /** Millimetres, in the coordinates of the shape that holds it. */
  x: number;
  y: number;
}

export interface ShapeProperty {
  name: string;
  label: string;
  /** As in the sheet: 0 text, 1 fixed list, 2 number, 3 boolean, 4 variable list, 5 date or time, 6 duration, 7 currency. */
  type: number;
  value: string;
  prompt: string;
  format: string;
  /** The shape that holds it: the master's own or a nested one. */
  shape: { id: string; name: string };
}

/** What a file says of a master before its shapes are read. */
export interface MasterHeading {
  /** As Visio shows it. */
  name: string;
  /** The same in every language; '' where the file gives none. */
  nameU: string;
  uniqueId: string;
  baseId: string;
  isHidden: boolean;
  isPattern: boolean;
  prompt: string;
}

export interface StencilMaster extends MasterHeading {
  keywords: string[];
  /** The master's page on paper. */
  widthMm: number;
  heightMm: number;
  connectionPoints: ConnectionPoint[];
  properties: ShapeProperty[];
}
