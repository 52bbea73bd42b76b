import { calculator, type Warning } from '../calculator.ts';
import { count, figure, positive, whole } from '../fields.ts';
import { wholeBelow } from '../rounding.ts';
import { circleAreaMm2 } from '../tables/awg.ts';

const fillSource = 'TIA-569: designed at 25 % (as printed by Leviton), at most 50 % (as printed by Hoffman)';
const capacitySource = 'capacity = ⌊fill · width · depth / (π·d²/4)⌋ (as Hoffman computes it)';

export const trayFill = calculator({
  id: 'tray-fill',
  version: 1,
  title: 'Cables of a tray',
  profiles: { 'tia-nec': 'ANSI/TIA-569-E', 'iso-iec': 'ISO/IEC 14763-2:2019 (fill limits of ANSI/TIA-569-E)' },
  input: {
    widthMm: positive('mm', 'Inner width', 10_000),
    depthMm: positive('mm', 'Inner depth', 10_000),
    fillPercent: positive('%', 'How much of the section may be cable', 100),
    cableDiameterMm: positive('mm', 'Outer diameter of a cable', 1000),
    count: count('Cables to lay').optional(),
  },
  output: {
    requiredAreaMm2: figure('mm²', 'Section that the cables need at this fill; with a count').optional(),
    maxCount: whole('Cables that the tray takes'),
  },
  constants: [
    { name: 'design fill', value: 25, unit: '%', source: fillSource },
    { name: 'largest fill', value: 50, unit: '%', source: fillSource },
  ],
  calculate: ({ widthMm, depthMm, fillPercent, cableDiameterMm, count: cables }) => {
    const cableMm2 = circleAreaMm2(cableDiameterMm);
    const trayMm2 = widthMm * depthMm;
    const maxCount = wholeBelow((fillPercent * trayMm2) / 100 / cableMm2);
    const requiredAreaMm2 = cables === undefined ? undefined : (cables * cableMm2 * 100) / fillPercent;
    const warnings: Warning[] = [];
    if (fillPercent > 50)
      warnings.push({
        code: 'fill-over-limit',
        detail: 'A tray is filled to a half at most',
        limit: 50,
        actual: fillPercent,
        unit: '%',
        source: fillSource,
      });
    else if (fillPercent > 25)
      warnings.push({
        code: 'fill-over-design',
        detail: 'A new tray is designed at a quarter, for what comes later',
        limit: 25,
        actual: fillPercent,
        unit: '%',
        source: fillSource,
      });
    if (cables !== undefined && cables > maxCount)
      warnings.push({
        code: 'tray-over-full',
        detail: 'The tray does not take so many',
        limit: maxCount,
        actual: cables,
        unit: '1',
        source: capacitySource,
      });
    return {
      output: { ...(requiredAreaMm2 !== undefined && { requiredAreaMm2 }), maxCount },
      steps: [
        { formula: 'a = π · d² / 4', inputs: { d: cableDiameterMm }, value: cableMm2, unit: 'mm²', source: 'geometry' },
        {
          formula: 'n = ⌊fill · width · depth / a⌋',
          inputs: { fillPercent, widthMm, depthMm, a: cableMm2 },
          value: maxCount,
          unit: '1',
          source: capacitySource,
        },
        ...(requiredAreaMm2 !== undefined && cables !== undefined
          ? [
              {
                formula: 'area = n · a / fill',
                inputs: { n: cables, a: cableMm2, fillPercent },
                value: requiredAreaMm2,
                unit: 'mm²',
                source: capacitySource,
              },
            ]
          : []),
      ],
      warnings,
    };
  },
});
