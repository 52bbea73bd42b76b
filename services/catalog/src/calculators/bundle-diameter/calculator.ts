import { calculator, type Warning } from '../calculator.ts';
import { count, figure, oneOf, positive } from '../fields.ts';
import { bundleSource, mostCablesInBundle } from '../tables/poe.ts';

const packingSource = 'Best known packings of equal circles in a circle (Packomania; 1 to 13 and 19 are proved)';
const conservativeSource = 'Rule of thumb 1.2·√n·d (an estimate; short of the densest packing at 9 and 10 only)';
const areaSource = 'The widely published 1.128·√n·d (calculator.city, cableizer): equal areas at 78.5 % packing';

// Diameter of the enclosing circle over that of one, from one cable on.
const densest = [
  1, 2, 2.154700538, 2.414213562, 2.701301617, 3, 3, 3.304764871, 3.61312593, 3.813025631, 3.9238044, 4.029601932,
  4.236067977, 4.328428555, 4.52135699, 4.615425595, 4.792033716, 4.863703305, 4.863703305, 5.122320748,
];

const factorOf = (cables: number, method: 'packing' | 'conservative' | 'area') => {
  const known = densest[cables - 1];
  if (method === 'area')
    return { factor: 1.128 * Math.sqrt(cables), formula: 'D = 1.128 · √n · d', source: areaSource };
  return method === 'packing' && known !== undefined
    ? { factor: known, formula: 'D = R(n) · d', source: packingSource }
    : { factor: 1.2 * Math.sqrt(cables), formula: 'D = 1.2 · √n · d', source: conservativeSource };
};

export const bundleDiameter = calculator({
  id: 'bundle-diameter',
  version: 1,
  title: 'Diameter of a bundle of equal cables',
  profiles: { 'tia-nec': 'TIA TSB-184-A', 'iso-iec': 'ISO/IEC TS 29125:2017' },
  input: {
    cables: count('Cables'),
    cableDiameterMm: positive('mm', 'Outer diameter of one', 1000),
    method: oneOf(
      ['packing', 'conservative', 'area'],
      'Best known packing to 20 cables and 1.2·√n beyond; 1.2·√n; 1.128·√n',
    ).default('packing'),
  },
  output: { diameterMm: figure('mm', 'Outer diameter of the bundle') },
  constants: [
    {
      name: 'densest packing of 1 to 20',
      value: densest.map((factor) => factor.toFixed(3)).join(' '),
      source: packingSource,
    },
    { name: 'conservative factor', value: 1.2, source: conservativeSource },
    { name: 'factor of equal areas', value: 1.128, source: areaSource },
  ],
  calculate: ({ cables, cableDiameterMm, method }) => {
    const { factor, formula, source } = factorOf(cables, method);
    const diameterMm = factor * cableDiameterMm;
    const dense = factorOf(cables, 'packing');
    const warnings: Warning[] = [];
    if (factor < dense.factor)
      warnings.push({
        code: 'below-densest-packing',
        detail: 'So many cables do not fit into this circle however they lie',
        limit: dense.factor * cableDiameterMm,
        actual: diameterMm,
        unit: 'mm',
        source: dense.source,
      });
    if (cables > mostCablesInBundle)
      warnings.push({
        code: 'bundle-too-large',
        detail: 'With power over Ethernet a bundle this large gets too warm: split it',
        limit: mostCablesInBundle,
        actual: cables,
        unit: '1',
        source: bundleSource,
      });
    return {
      output: { diameterMm },
      steps: [{ formula, inputs: { n: cables, d: cableDiameterMm, factor }, value: diameterMm, unit: 'mm', source }],
      warnings,
    };
  },
});
