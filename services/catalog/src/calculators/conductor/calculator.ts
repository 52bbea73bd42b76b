import { calculator, type Warning } from '../calculator.ts';
import {
  conductorAreaMm2,
  conductorCInput,
  conductorConstants,
  conductorFields,
  conductorResistance,
  sizeGivenOnce,
} from '../conductor-input.ts';
import { figure, yesOrNo } from '../fields.ts';
import { awgDiameterMm, awgSource, circleDiameterMm, circularMilsOf } from '../tables/awg.ts';

const solidSource = 'The diameter of a strand of this section is larger, by how much is its maker’s to say';

export const conductor = calculator({
  id: 'conductor',
  version: 1,
  title: 'Size and resistance of a conductor',
  profiles: { 'tia-nec': 'NEC 2023 chapter 9, ASTM B258', 'iso-iec': 'IEC 60028, ASTM B258' },
  input: {
    ...conductorFields,
    stranded: yesOrNo('Stranded rather than solid').default(false),
    conductorC: conductorCInput(75),
  },
  output: {
    diameterMm: figure('mm', 'Of the metal, as one solid round'),
    areaMm2: figure('mm²', 'Of the metal'),
    circularMils: figure('cmil', 'Of the metal'),
    ohmPerKm: figure('Ω/km', 'Direct-current resistance'),
  },
  constants: conductorConstants,
  calculate: ({ awg, mm2, material, stranded, conductorC }) => {
    sizeGivenOnce({ awg, mm2 }, '');
    const areaMm2 = conductorAreaMm2({ awg, mm2 });
    const diameterMm = awg === undefined ? circleDiameterMm(areaMm2) : awgDiameterMm(awg);
    const circularMils = circularMilsOf(areaMm2);
    const resistance = conductorResistance({ awg, mm2, material, stranded }, conductorC);
    const warnings: Warning[] = [];
    if (stranded)
      warnings.push({
        code: 'solid-diameter',
        detail: 'The diameter is that of a solid conductor of this section',
        actual: diameterMm,
        unit: 'mm',
        source: solidSource,
      });
    return {
      output: { diameterMm, areaMm2, circularMils, ohmPerKm: resistance.value },
      steps: [
        awg === undefined
          ? { formula: 'd = √(4 · S / π)', inputs: { S: areaMm2 }, value: diameterMm, unit: 'mm', source: 'geometry' }
          : {
              formula: 'd = 0.127 · 92^((36 − n) / 39)',
              inputs: { gauge: awg },
              value: diameterMm,
              unit: 'mm',
              source: awgSource,
            },
        { formula: 'S = π · d² / 4', inputs: { d: diameterMm }, value: areaMm2, unit: 'mm²', source: 'geometry' },
        {
          formula: 'CM = (d / 0.0254)²',
          inputs: { d: diameterMm },
          value: circularMils,
          unit: 'cmil',
          source: 'definition of the circular mil',
        },
        resistance,
      ],
      warnings,
    };
  },
});
