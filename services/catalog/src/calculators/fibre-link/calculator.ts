import { z } from 'zod';
import { calculator, type Warning } from '../calculator.ts';
import { figure, oneOf, positive, yesOrNo, zeroOrMore } from '../fields.ts';
import { atMost } from '../rounding.ts';
import {
  attenuationDbPerKm as tabledAttenuation,
  attenuationSource,
  componentSource,
  fibreApplication,
  fibreApplicationNames,
  fibres,
  mostConnectorDb,
  mostSpliceDb,
  wavelengthsOf,
} from '../tables/fibre.ts';
import { budgetOf } from './budget.ts';
import { attenuationOf, wavelengthOf } from './loss.ts';

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const lossSource = 'loss = km · attenuation + connector pairs + splices (ANSI/TIA-568.3, FOA)';
const marginSource = 'margin = budget − loss − penalties; it must be more than zero (Juniper’s power budget guide)';

const losses = (description: string) =>
  z
    .array(zeroOrMore('dB', 'One of them', 100))
    .max(200)
    .meta({ unit: 'dB', description });

export const fibreLink = calculator({
  id: 'fibre-link',
  version: 1,
  title: 'Loss and reach of a fibre link',
  profiles: {
    'tia-nec': 'ANSI/TIA-568.3-E, IEEE 802.3-2022',
    'iso-iec': 'IEEE 802.3-2022 (attenuation of ANSI/TIA-568.3-E)',
  },
  input: {
    lengthM: positive('m', 'Length'),
    fibre: oneOf(fibres, 'OM1 is 62.5 µm of 200 MHz·km; older cable of 160 MHz·km is OM1-160'),
    wavelengthNm: positive('nm', 'Wavelength; an application brings its own', 2000).optional(),
    application: oneOf(fibreApplicationNames, 'What it is to carry, by its IEEE name').optional(),
    connectorPairsDb: losses('Loss of each connector pair').default([]),
    splicesDb: losses('Loss of each splice').default([]),
    attenuationDbPerKm: positive('dB/km', 'Of the cable, instead of the table', 100).optional(),
    txMinDbm: z
      .number()
      .min(-100)
      .max(100)
      .optional()
      .meta({ unit: 'dBm', description: 'Least power of the transmitter' }),
    rxSensitivityDbm: z
      .number()
      .min(-100)
      .max(100)
      .optional()
      .meta({ unit: 'dBm', description: 'Sensitivity of the receiver' }),
    penaltiesDb: zeroOrMore('dB', 'Penalties and repair margin', 100).default(0),
  },
  output: {
    lossDb: figure('dB', 'Of the whole link'),
    budgetDb: figure('dB', 'What may be lost; null where neither transceivers nor application say').nullable(),
    marginDb: figure('dB', 'Budget less loss and penalties').nullable(),
    distanceLimitM: figure(
      'm',
      'Reach of the application on this fibre, or what the budget leaves; null where unknown',
    ).nullable(),
    pass: yesOrNo('Both limits are kept; null where there is no limit to keep').nullable(),
  },
  constants: [
    ...fibres.flatMap((fibre) =>
      wavelengthsOf(fibre).map((nm) => ({
        name: `attenuation of ${fibre} at ${nm} nm`,
        value: tabledAttenuation(fibre, nm) ?? NaN,
        unit: 'dB/km',
        source: attenuationSource(fibre, nm),
      })),
    ),
    ...fibreApplicationNames.flatMap((name) =>
      Object.entries(fibreApplication(name).reaches).map(([fibre, { reachM, lossDb, source }]) => ({
        name: `${name} on ${fibre}`,
        value: `${reachM} m, ${lossDb ?? 'no published'} dB`,
        source,
      })),
    ),
    { name: 'largest loss of a connector pair', value: mostConnectorDb, unit: 'dB', source: componentSource },
    { name: 'largest loss of a splice', value: mostSpliceDb, unit: 'dB', source: componentSource },
  ],
  calculate: (input, profile) => {
    const { lengthM, fibre, application, connectorPairsDb, splicesDb, penaltiesDb } = input;
    const wavelengthNm = wavelengthOf(input);
    const attenuation = attenuationOf(input, wavelengthNm);
    const partsDb = sum(connectorPairsDb) + sum(splicesDb);
    const lossDb = (lengthM / 1000) * attenuation.value + partsDb;
    const budget = budgetOf({ ...input, partsDb, attenuationDbPerKm: attenuation.value });
    const marginDb = budget.budgetDb === null ? null : budget.budgetDb - lossDb - penaltiesDb;
    const lossKept = marginDb === null ? null : Number(marginDb.toPrecision(12)) > 1e-9;
    const distanceKept = budget.distanceLimitM === null ? null : atMost(lengthM, budget.distanceLimitM);
    const kept = [lossKept, distanceKept].filter((one) => one !== null);
    const pass = kept.length === 0 || (budget.open && !kept.includes(false)) ? null : !kept.includes(false);
    const warnings: Warning[] = [...budget.warnings];
    if (profile === 'iso-iec' && input.attenuationDbPerKm === undefined)
      warnings.push({
        code: 'attenuation-of-tia',
        detail: 'ISO/IEC 11801-1’s own table is not in yet: give attenuationDbPerKm',
        actual: attenuation.value,
        unit: 'dB/km',
        source: attenuation.source,
      });
    if (lossKept === false)
      warnings.push({
        code: 'loss-over-budget',
        detail: 'More is lost than may be',
        limit: budget.budgetDb ?? 0,
        actual: lossDb + penaltiesDb,
        unit: 'dB',
        source: budget.source,
      });
    if (distanceKept === false)
      warnings.push({
        code: 'distance-over-reach',
        detail: `Farther than ${application ?? 'the budget'} reaches on ${fibre}`,
        limit: budget.distanceLimitM ?? 0,
        actual: lengthM,
        unit: 'm',
        source: budget.source,
      });
    const worstConnector = Math.max(0, ...connectorPairsDb);
    if (worstConnector > mostConnectorDb)
      warnings.push({
        code: 'connector-loss',
        detail: 'A connector pair loses more than it may',
        limit: mostConnectorDb,
        actual: worstConnector,
        unit: 'dB',
        source: componentSource,
      });
    const worstSplice = Math.max(0, ...splicesDb);
    if (worstSplice > mostSpliceDb)
      warnings.push({
        code: 'splice-loss',
        detail: 'A splice loses more than it may',
        limit: mostSpliceDb,
        actual: worstSplice,
        unit: 'dB',
        source: componentSource,
      });
    return {
      output: { lossDb, budgetDb: budget.budgetDb, marginDb, distanceLimitM: budget.distanceLimitM, pass },
      steps: [
        attenuation,
        {
          formula: 'loss = km · attenuation + connector pairs + splices',
          inputs: { km: lengthM / 1000, attenuation: attenuation.value, partsDb },
          value: lossDb,
          unit: 'dB',
          source: lossSource,
        },
        ...budget.steps,
        ...(marginDb === null || budget.budgetDb === null
          ? []
          : [
              {
                formula: 'margin = budget − loss − penalties',
                inputs: { budgetDb: budget.budgetDb, lossDb, penaltiesDb },
                value: marginDb,
                unit: 'dB',
                source: marginSource,
              },
            ]),
      ],
      warnings,
    };
  },
});
