import { calculator, type Warning } from '../calculator.ts';
import { figure, oneOf, positive, zeroOrMore } from '../fields.ts';
import { refuse } from '../refusal.ts';
import { atMost } from '../rounding.ts';
import { fromMemory } from '../unconfirmed.ts';
import { cordDerating, cordGauges, cordSource, cordsForM, permanentLinkM, type CordGauge } from '../tables/cabling.ts';

const capSource24 = 'TIA/EIA-568-B: 22 m, ISO/IEC 11801:2002: 20 m, for 24 AWG (as printed by Siemon, 13-08)';
const capSource26 = fromMemory('TIA/EIA-568-B, 17 m for 26 AWG');
const roomSource =
  'TSB-75 tables: 5 m of cords in the room, 4 m of 26 AWG; none is published for 28 AWG, where 5 m is taken';
const thinSource = `None is published for 28 AWG: the cap of 26 AWG is taken; ${capSource26}`;
const capSource: Record<CordGauge, string> = { 24: capSource24, 26: capSource26, 28: thinSource };

const roomCord: Record<CordGauge, number> = { 24: 5, 26: 4, 28: 5 };

export const workAreaCord = calculator({
  id: 'work-area-cord',
  version: 1,
  title: 'Longest cords of an open office',
  profiles: { 'tia-nec': 'ANSI/TIA-568.1-E', 'iso-iec': 'ISO/IEC 11801-1:2017' },
  input: {
    horizontalM: positive('m', 'Horizontal cable', permanentLinkM),
    conductorAwg: oneOf(cordGauges, 'Gauge of the cords'),
    roomCordM: zeroOrMore('m', 'Cords in the room; 5 m, of 26 AWG 4 m, where none is given').optional(),
  },
  output: {
    cordTotalM: figure('m', 'All cords together, not rounded'),
    workAreaCordM: figure('m', 'Cord in the work area'),
    channelM: figure('m', 'Horizontal cable and all cords'),
  },
  constants: [
    { name: 'length budget', value: 102, unit: 'm', source: cordSource },
    ...cordGauges.map((gauge) => ({
      name: `derating D, ${gauge} AWG`,
      value: cordDerating(gauge),
      source: cordSource,
    })),
    ...cordGauges.map((gauge) => ({
      name: `cords in the room, ${gauge} AWG`,
      value: roomCord[gauge],
      unit: 'm',
      source: roomSource,
    })),
    { name: 'longest work area cord, 24 AWG', value: '22 (TIA), 20 (ISO/IEC)', unit: 'm', source: capSource24 },
    { name: 'longest work area cord, 26 AWG', value: 17, unit: 'm', source: capSource26 },
    { name: 'longest work area cord, 28 AWG', value: 17, unit: 'm', source: thinSource },
  ],
  calculate: ({ horizontalM, conductorAwg, roomCordM: given }, profile) => {
    const roomCordM = given ?? roomCord[conductorAwg];
    const derating = cordDerating(conductorAwg);
    const cordTotalM = cordsForM(horizontalM, conductorAwg);
    const left = cordTotalM - roomCordM;
    if (!atMost(roomCordM, cordTotalM))
      refuse(
        'roomCordM',
        'too-large',
        `At most ${cordTotalM.toFixed(2)} m of ${conductorAwg} AWG cords go with this horizontal cable`,
      );
    const widest = profile === 'iso-iec' ? 20 : 22;
    const capM = conductorAwg === 24 ? widest : 17;
    const workAreaCordM = Math.min(Math.max(0, left), capM);
    const warnings: Warning[] = [];
    if (!atMost(left, capM))
      warnings.push({
        code: 'work-area-cord-capped',
        detail: 'The formula leaves room for more, the standard does not',
        limit: capM,
        actual: left,
        unit: 'm',
        source: capSource[conductorAwg],
      });
    if (conductorAwg === 28 && given === undefined)
      warnings.push({
        code: 'room-cord-assumed',
        detail: 'No cord in the room is published for 28 AWG: give yours',
        actual: roomCordM,
        unit: 'm',
        source: roomSource,
      });
    return {
      output: { cordTotalM, workAreaCordM, channelM: horizontalM + cordTotalM },
      steps: [
        {
          formula: 'C = (102 − H) / (1 + D)',
          inputs: { H: horizontalM, D: derating },
          value: cordTotalM,
          unit: 'm',
          source: cordSource,
        },
        {
          formula: 'W = min(C − T, cap)',
          inputs: { C: cordTotalM, T: roomCordM, cap: capM },
          value: workAreaCordM,
          unit: 'm',
          source: left > capM ? capSource[conductorAwg] : cordSource,
        },
      ],
      warnings,
    };
  },
});
