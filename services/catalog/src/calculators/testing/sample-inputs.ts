/** An input of each calculator that it answers, with every number that it can have. */
export const sampleInputs: Readonly<Record<string, Record<string, unknown>>> = {
  'horizontal-run': {
    from: { xM: 0, yM: 0 },
    to: { xM: 20, yM: -15 },
    riseM: 3,
    dropM: 2,
    slackRoomM: 3,
    slackOutletM: 0.3,
  },
  'work-area-cord': { horizontalM: 80, conductorAwg: 24, roomCordM: 5 },
  'channel-check': {
    permanentLinkM: 80,
    cordsM: 9,
    conductorAwg: 24,
    category: '6A',
    application: '10GBASE-T',
    ambientC: 30,
  },
  'temperature-derating': { ambientC: 40, shielded: false, method: 'table' },
  'cable-estimate': { shortestM: 20, longestM: 60, runs: 24, slackM: 1, dropM: 4 },
  'box-count': { averageRunM: 50, runs: 24, boxM: 305 },
  'connector-count': { points: 48 },
  'bundle-diameter': { cables: 24, cableDiameterMm: 6 },
  'conduit-fill': { conduit: { type: 'EMT', tradeSize: '1' }, cables: [{ diameterMm: 6.1, count: 5 }], bends: 1 },
  'tray-fill': { widthMm: 300, depthMm: 100, fillPercent: 25, cableDiameterMm: 6, count: 100 },
  'poe-link': { sourceV: 50, loopOhm: 12.5, loadW: 25.5 },
  'poe-budget': { ports: [{ class: 4, count: 8 }], budgetW: 370, bundle: 12 },
  'rack-layout': { ports: 96, panelPorts: 24, managers: 4, growthPercent: 10, rackUnits: 42 },
  'fibre-link': {
    lengthM: 150,
    fibre: 'OM4',
    application: '10GBASE-SR',
    wavelengthNm: 850,
    connectorPairsDb: [0.5, 0.5],
    splicesDb: [0.1],
    attenuationDbPerKm: 3,
    txMinDbm: -5,
    rxSensitivityDbm: -11,
    penaltiesDb: 1,
  },
  'voltage-drop': {
    system: 'single-phase',
    currentA: 16,
    lengthM: 30,
    conductor: { awg: 12 },
    conductorC: 60,
    voltageV: 230,
    method: 'iec',
    cosPhi: 0.9,
  },
  ampacity: {
    conductor: { awg: 12 },
    insulationC: 90,
    ambientC: 40,
    currentCarrying: 3,
    continuousLoadA: 10,
  },
  'device-supply': { supplyV: 24, currentA: 0.5, lengthM: 50, conductor: { mm2: 1.5 }, conductorC: 20, minimumV: 20 },
  'ups-runtime': { batteryAh: 9, batteryV: 48, strings: 2, efficiency: 0.9, loadW: 400 },
  conductor: { mm2: 2.5, conductorC: 75 },
};

const conduit = { type: 'EMT', tradeSize: '4' };

/** Further ways to ask some of them: by other fields, or by other rules. */
export const otherInputs: readonly (readonly [id: string, input: Record<string, unknown>])[] = [
  ['box-count', { runsM: [40, 60, 90], boxM: 305 }],
  ['conduit-fill', { conduit, cables: [{ areaMm2: 30, count: 2 }] }],
  [
    'conduit-fill',
    {
      conduit,
      cables: [
        { insulation: 'THHN', awg: 12, count: 3 },
        { diameterMm: 6, count: 2 },
      ],
    },
  ],
  ['bundle-diameter', { cables: 8, cableDiameterMm: 6, method: 'area' }],
  ['temperature-derating', { ambientC: 40, shielded: true, method: 'formula' }],
  ['poe-link', { sourceV: 50, loopOhm: 12.5, currentA: 0.5 }],
  ['device-supply', { supplyV: 24, powerW: 5, lengthM: 50, conductor: { awg: 18 }, conductorC: 20 }],
  ['fibre-link', { lengthM: 150, fibre: 'OM3', wavelengthNm: 850, connectorPairsDb: [0.5], splicesDb: [] }],
  ['voltage-drop', { system: 'dc', currentA: 16, lengthM: 30, conductor: { mm2: 2.5 }, voltageV: 48, method: 'k' }],
  [
    'voltage-drop',
    { system: 'three-phase', currentA: 16, lengthM: 30, conductor: { awg: 12 }, voltageV: 400, method: 'table' },
  ],
  [
    'ampacity',
    { profile: 'iso-iec', conductor: { mm2: 2.5 }, insulationC: 70, ambientC: 40, currentCarrying: 3, method: 'C' },
  ],
  ['conductor', { awg: 12, material: 'aluminium', conductorC: 75 }],
];
