import { fromMemory } from '../unconfirmed.ts';

const printedByViavi = 'ANSI/TIA-568.3 cabled fibre attenuation, as printed by Viavi';
const printedByFoa = 'ANSI/TIA-568.3 cabled fibre attenuation, as in FOA’s loss calculator';
const attenuationMemory = fromMemory('ANSI/TIA-568.3 cabled fibre attenuation');

/** Of the table's figure at a wavelength. */
export const attenuationSource = (fibre: Fibre, wavelengthNm: number): string => {
  if (wavelengthNm === 850) return old.get(850) === attenuation[fibre].get(850) ? printedByViavi : printedByFoa;
  return fibre === 'OS2' && wavelengthNm === 1310 ? printedByFoa : attenuationMemory;
};
export const componentSource =
  'ANSI/TIA-568.3: connector pair at most 0.75 dB, splice at most 0.3 dB (as in FOA’s loss calculator)';

export const fibres = ['OM1', 'OM1-160', 'OM2', 'OM3', 'OM4', 'OM5', 'OS1', 'OS1a', 'OS2'] as const;
export type Fibre = (typeof fibres)[number];

export const mostConnectorDb = 0.75;
export const mostSpliceDb = 0.3;

type ByWavelength = ReadonlyMap<number, number>;
const old: ByWavelength = new Map([
  [850, 3.5],
  [1300, 1.5],
]);
const laser: ByWavelength = new Map([
  [850, 3],
  [1300, 1.5],
]);
const single = (db: number): ByWavelength =>
  new Map([
    [1310, db],
    [1550, db],
  ]);

const attenuation: Record<Fibre, ByWavelength> = {
  OM1: old,
  'OM1-160': old,
  OM2: old,
  OM3: laser,
  OM4: laser,
  OM5: new Map([...laser, [953, 2.3]]),
  OS1: single(1),
  OS1a: single(1),
  OS2: single(0.4),
};

export const attenuationDbPerKm = (fibre: Fibre, wavelengthNm: number): number | undefined =>
  attenuation[fibre].get(wavelengthNm);

export const wavelengthsOf = (fibre: Fibre): number[] => [...attenuation[fibre].keys()];

/** How far an application reaches, and what its channel may lose; without `lossDb` no public figure was found. */
export interface Reach {
  reachM: number;
  lossDb?: number;
  source: string;
}

export interface FibreApplication {
  wavelengthNm: number;
  /** A fibre that is missing cannot carry it. */
  reaches: Partial<Record<Fibre, Reach>>;
  /** Fibres of which IEEE 802.3 says nothing, and what others say. */
  unspecified?: Partial<Record<Fibre, string>>;
}

const reach = (reachM: number, lossDb: number | undefined, source: string): Reach => ({
  reachM,
  ...(lossDb !== undefined && { lossDb }),
  source,
});
const asOm4 = 'OM5 meets every requirement of OM4';
const fluke = 'IEEE 802.3-2022, as printed by Fluke Networks';
const memory = (lossDb: number): string => fromMemory(`IEEE 802.3-2022, ${lossDb} dB`);

const sx: FibreApplication = {
  wavelengthNm: 850,
  reaches: {
    'OM1-160': reach(220, 2.38, `${fluke} (220 m); ${memory(2.38)}`),
    OM1: reach(275, 2.6, fluke),
    OM2: reach(550, 3.56, fluke),
  },
  unspecified: {
    OM3: 'ANSI/TIA-568 as reprinted in CommScope’s design guide says 800 m and 4.5 dB',
    OM4: 'no other figure was found',
    OM5: 'no other figure was found',
  },
};
const sr: FibreApplication = {
  wavelengthNm: 850,
  reaches: {
    'OM1-160': reach(26, undefined, fluke),
    OM1: reach(33, 2.4, fluke),
    OM2: reach(82, 2.3, fluke),
    OM3: reach(300, 2.6, fluke),
    OM4: reach(400, 2.9, 'Ethernet Alliance (400 m), china-tscom (2.9 dB)'),
    OM5: reach(400, 2.9, `Ethernet Alliance (400 m); ${asOm4}`),
  },
};
const lrm: FibreApplication = {
  wavelengthNm: 1300,
  reaches: {
    'OM1-160': reach(220, 1.9, 'IEEE 802.3aq, as printed by Avaya'),
    OM1: reach(220, 1.9, 'IEEE 802.3aq, as printed by Avaya'),
    OM2: reach(220, 1.9, 'IEEE 802.3aq, as printed by Avaya'),
    OM3: reach(220, 1.9, 'IEEE 802.3aq, as printed by Avaya'),
  },
  unspecified: { OM4: 'no other figure was found', OM5: 'no other figure was found' },
};
const parallel10: FibreApplication = {
  wavelengthNm: 850,
  reaches: {
    OM3: reach(100, 1.9, fluke),
    OM4: reach(150, 1.5, `${fluke}; 1.5 dB (connectors 1.0 dB) china-tscom`),
    OM5: reach(150, 1.5, `${fluke}; ${asOm4}`),
  },
};
const sr4: FibreApplication = {
  wavelengthNm: 850,
  reaches: {
    OM3: reach(70, 1.8, `ICT Today (70 m); ${memory(1.8)}`),
    OM4: reach(100, 1.9, `ICT Today (100 m); ${memory(1.9)}`),
    OM5: reach(100, 1.9, `ICT Today (100 m); ${asOm4}`),
  },
};
const sr42: FibreApplication = {
  wavelengthNm: 850,
  reaches: {
    OM3: reach(70, 1.7, 'IEEE 802.3cm, as printed by the TIA Fiber Optics Tech Consortium'),
    OM4: reach(100, 1.8, 'IEEE 802.3cm, as printed by the TIA Fiber Optics Tech Consortium'),
    OM5: reach(150, 2, 'IEEE 802.3cm, as printed by the TIA Fiber Optics Tech Consortium'),
  },
};
const long = (lossDb: number): FibreApplication => {
  const ten = reach(10_000, lossDb, `IEEE 802.3-2022 (10 km, as published); ${memory(lossDb)}`);
  return { wavelengthNm: 1310, reaches: { OS1: ten, OS1a: ten, OS2: ten } };
};

const byName = {
  '1000BASE-SX': sx,
  '10GBASE-SR': sr,
  '10GBASE-LRM': lrm,
  '40GBASE-SR4': parallel10,
  '100GBASE-SR10': parallel10,
  '100GBASE-SR4': sr4,
  '400GBASE-SR4.2': sr42,
  '10GBASE-LR': long(6.2),
  '100GBASE-LR4': long(6.3),
} as const satisfies Record<string, FibreApplication>;

export type FibreApplicationName = keyof typeof byName;
export const fibreApplicationNames = Object.keys(byName) as [FibreApplicationName, ...FibreApplicationName[]];
export const fibreApplication = (name: FibreApplicationName): FibreApplication => byName[name];
