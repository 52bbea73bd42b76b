import { exactlyOne, needed, refuse } from '../refusal.ts';
import { circleAreaMm2, mmPerInch2, type Gauge } from '../tables/awg.ts';
import { insulatedAreaIn2, insulatedGauges, type Insulation } from '../tables/conduit.ts';

export interface SizedCable {
  diameterMm?: number | undefined;
  areaMm2?: number | undefined;
  insulation?: Insulation | undefined;
  awg?: Gauge | undefined;
}

/** The area of one cable, whose size is given in exactly one way. */
export const cableAreaMm2 = ({ diameterMm, areaMm2, insulation, awg }: SizedCable, within: string): number => {
  if (awg !== undefined && insulation === undefined && diameterMm === undefined && areaMm2 === undefined)
    refuse(`${within}insulation`, 'required', 'A gauge says the size of a wire only with its insulation');
  exactlyOne({ diameterMm, areaMm2, insulation }, ['diameterMm', 'areaMm2', 'insulation'], within);
  if (insulation !== undefined) {
    const gauge = needed(awg, `${within}awg`, 'With an insulation, the gauge is needed');
    const areaIn2 =
      insulatedAreaIn2(insulation, gauge) ??
      refuse(`${within}awg`, 'unknown-value', `Table 5 has ${insulation} of ${insulatedGauges.join(', ')}`);
    return areaIn2 * mmPerInch2;
  }
  if (awg !== undefined) refuse(`${within}awg`, 'given-twice', 'The size is given by a diameter or an area already');
  return areaMm2 ?? circleAreaMm2(diameterMm ?? NaN);
};
