import { expect, it } from 'vitest';
import { calculators } from './list.ts';
import { answered } from './testing/cases.ts';
import { sampleInputs } from './testing/sample-inputs.ts';

/**
 * What each version answers to its sample. Saved designs are computed anew years later: where one of these changes, the calculator
 * answers otherwise, and its version is to be raised.
 */
const kept: Readonly<Record<string, Record<string, unknown>>> = {
  'horizontal-run 1': {
    lengthM: 43.3,
  },
  'work-area-cord 1': {
    cordTotalM: 18.3333333333,
    workAreaCordM: 13.3333333333,
    channelM: 98.3333333333,
  },
  'channel-check 1': {
    permanentLinkLimitM: 87,
    channelLimitM: 100,
    pass: true,
  },
  'temperature-derating 1': {
    maxPermanentLinkM: 84,
  },
  'cable-estimate 1': {
    averageM: 40,
    totalM: 1080,
  },
  'box-count 1': {
    boxes: 4,
    offcutsM: [5, 5, 5, 5],
  },
  'connector-count 1': {
    plugs: 221,
    modules: 50,
  },
  'bundle-diameter 1': {
    diameterMm: 35.2726522961,
  },
  'conduit-fill 1': {
    fillPercent: 26.2143069269,
    limitPercent: 34,
    fits: true,
    maxCount: 6,
    smallestTradeSize: '1',
  },
  'tray-fill 1': {
    requiredAreaMm2: 11309.7335529,
    maxCount: 265,
  },
  'poe-link 1': {
    currentA: 0.6,
    lossW: 4.5,
    deviceV: 42.5,
    deviceW: 25.5,
  },
  'poe-budget 1': {
    requiredW: 240,
    fits: true,
    portsThatFit: 8,
  },
  'rack-layout 1': {
    usedUnits: 9,
    freeUnits: 33,
    fits: true,
    panels: 5,
  },
  'fibre-link 1': {
    lossDb: 1.55,
    budgetDb: 6,
    marginDb: 3.45,
    distanceLimitM: 400,
    pass: true,
  },
  'voltage-drop 1': {
    dropV: 5.90876628607,
    dropPercent: 2.56902882003,
  },
  'ampacity 1': {
    baseA: 30,
    ambientFactor: 0.91,
    bundleFactor: 1,
    allowedA: 27.3,
    requiredA: 12.5,
  },
  'device-supply 1': {
    deviceV: 23.4252873563,
    dropPercent: 2.39463601533,
    pass: true,
  },
  'ups-runtime 1': {
    minutes: 116.64,
    estimate: true,
  },
  'conductor 1': {
    diameterMm: 1.78412411615,
    areaMm2: 2.5,
    circularMils: 4933.81310347,
    ohmPerKm: 8.38724137931,
  },
};

it.each(calculators)('$id answers as its version did when it was kept', ({ id, version }) => {
  const expected = kept[`${id} ${version}`];
  expect(expected).toBeDefined();
  const { calculator: _, profile: __, steps: ___, warnings: ____, ...output } = answered(id, sampleInputs[id] ?? {});
  expect(output).toEqual(expected);
});
