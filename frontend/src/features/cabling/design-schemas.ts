import {
  ConduitType,
  CopperApplication,
  CopperCategory,
  FibreApplication,
  FibreKind,
  TradeSize,
} from '@legendops/catalog/cabling-content/contract';
import type { Schema } from '../../components/schema.ts';

const text = (description: string): Schema => ({ type: 'string', description });
const number = (description: string, unit = ''): Schema => ({ type: 'number', description, unit });
const usually = (schema: Schema, usual: string | number | boolean): Schema => ({ ...schema, default: usual });
const choice = (description: string, choices: readonly (string | number)[]): Schema => ({ description, enum: choices });
const group = (description: string, properties: Record<string, Schema>, required: readonly string[] = []): Schema => ({
  type: 'object',
  description,
  properties,
  required,
});

const point = (description: string): Schema =>
  group(description, { xM: number('East', 'm'), yM: number('North', 'm') });

const route: Schema = {
  ...group('Or the way that the cable takes', {
    from: point('Telecommunications room'),
    to: point('Outlet'),
    riseM: number('From the panel up to the pathway', 'm'),
    dropM: number('From the pathway down to the outlet', 'm'),
    slackRoomM: usually(number('Kept in the room', 'm'), 3),
    slackOutletM: usually(number('Kept at the outlet', 'm'), 0.3),
  }),
  folded: true,
};

const copper = group(
  'Copper cable',
  {
    category: choice('Category', CopperCategory.options),
    application: choice('What it is to carry', CopperApplication.options),
    diameterMm: number('Outer diameter', 'mm'),
    conductorAwg: choice('Gauge of the cable (AWG)', [22, 23, 24, 26]),
    cordAwg: choice('Gauge of the cords (AWG)', [24, 26, 28]),
    cordsM: number('All cords together', 'm'),
    roomCordM: number('Of these in the room', 'm'),
    poeClass: choice('Class of a device that it feeds', [0, 1, 2, 3, 4, 5, 6, 7, 8]),
    sourceV: number('Voltage of the source', 'V'),
    shielded: { type: 'boolean', description: 'Screened cable' },
  },
  ['category', 'diameterMm', 'conductorAwg', 'cordAwg', 'cordsM'],
);

const fibre = group(
  'Fibre cable',
  {
    fibre: choice('Fibre', FibreKind.options),
    application: choice('What it is to carry', FibreApplication.options),
    wavelengthNm: number('Wavelength, without an application', 'nm'),
    diameterMm: number('Outer diameter', 'mm'),
    cordsM: usually(number('All cords together', 'm'), 0),
    connectorPairsDb: {
      type: 'array',
      items: { type: 'number' },
      description: 'Loss of each connector pair',
      unit: 'dB',
    },
    splicesDb: { type: 'array', items: { type: 'number' }, description: 'Loss of each splice', unit: 'dB' },
    txMinDbm: number('Least power of the transmitter', 'dBm'),
    rxSensitivityDbm: number('Sensitivity of the receiver', 'dBm'),
    penaltiesDb: usually(number('Penalties and repair margin', 'dB'), 0),
  },
  ['fibre', 'diameterMm'],
);

/** A link as a form asks for it. */
export const linkSchema = (kind: 'copper' | 'fibre'): Schema =>
  group(
    '',
    {
      from: group(
        'At the panel',
        {
          floor: text('Floor'),
          space: text('Space (capital letters)'),
          panel: text('Panel (capital letters)'),
          port: { type: 'integer', description: 'Port' },
        },
        ['floor', 'space', 'panel', 'port'],
      ),
      to: text('To (outlet, room or rack)'),
      runM: number('Horizontal run as measured', 'm'),
      route,
      ...(kind === 'copper' ? { copper } : { fibre }),
    },
    ['to', kind],
  );

const conduit = group(
  'Conduit',
  {
    type: choice('Kind', ConduitType.options),
    tradeSize: choice('Trade size; without one the smallest that fits', TradeSize.options),
    bends: usually(number('Bends of 90° between pull points'), 0),
  },
  ['type'],
);

const tray = group(
  'Tray',
  {
    widthMm: number('Inner width', 'mm'),
    depthMm: number('Inner depth', 'mm'),
    fillPercent: number('How much of the section may be cable', '%'),
    bundle: number('Cables that are tied together at the most'),
  },
  ['widthMm', 'depthMm', 'fillPercent'],
);

export const pathwaySchema = (kind: 'conduit' | 'tray'): Schema =>
  group(
    '',
    {
      name: text('Name'),
      ...(kind === 'conduit' ? { conduit } : { tray }),
      lengthM: number('Length, for the bill', 'm'),
    },
    ['name', kind],
  );

export const poeSourceSchema: Schema = group(
  '',
  {
    name: text('Name'),
    poeSource: group('What it gives', { budgetW: number('To all ports together', 'W') }, ['budgetW']),
  },
  ['name', 'poeSource'],
);

export const partSchema: Schema = group(
  '',
  {
    quantity: number('Quantity'),
    per: usually(choice('How often', ['design', 'link', 'copper-link', 'fibre-link', 'module', 'plug']), 'design'),
  },
  ['quantity'],
);

/** What holds for the whole design. */
export const frameSchema: Schema = group('', {
  profile: usually(choice('Whose rules', ['tia-nec', 'iso-iec']), 'tia-nec'),
  ambientC: usually(number('Mean ambient temperature', '°C'), 20),
  building: text('Building, before every label'),
  site: text('Site, before the building'),
  wastePercent: usually(number('More of every length, for waste', '%'), 5),
  rack: {
    ...group('Rack for the panels', {
      panelPorts: choice('Ports of a panel', [24, 48]),
      managers: usually(number('Cable managers of 1U'), 0),
      growthPercent: usually(number('Ports to come', '%'), 0),
      rackUnits: number('Units of the rack'),
    }),
    folded: true,
  },
});
