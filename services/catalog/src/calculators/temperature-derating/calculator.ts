import { z } from 'zod';
import { calculator, type Warning } from '../calculator.ts';
import { figure, oneOf, yesOrNo } from '../fields.ts';
import {
  coldestC,
  deratedByFormulaM,
  deratedByTableM,
  deratedSource,
  deratingRows,
  deratingTableSource,
  derivedSource,
  hottestC,
  linkSource,
  permanentLinkM,
} from '../tables/cabling.ts';

const rowList = (shielded: boolean): string =>
  deratingRows(shielded)
    .map(([rowC, rowM]) => `${rowC} °C ${rowM}`)
    .join(', ');

export const temperatureDerating = calculator({
  id: 'temperature-derating',
  version: 1,
  title: 'Permanent link in a warm place',
  profiles: {
    'tia-nec': 'ANSI/TIA-568.2-D annex G',
    'iso-iec': 'ANSI/TIA-568.2-D annex G (ISO/IEC’s own factors are not in yet)',
  },
  input: {
    ambientC: z.number().min(-60).max(hottestC).meta({ unit: '°C', description: 'Mean over the length of the cable' }),
    shielded: yesOrNo('Screened cable').default(false),
    method: oneOf(['table', 'formula'], 'By the printed table, or by the rise of insertion loss').default('table'),
  },
  output: { maxPermanentLinkM: figure('m', 'Longest permanent link') },
  constants: [
    { name: 'permanent link at 20 °C', value: permanentLinkM, unit: 'm', source: linkSource },
    { name: 'unscreened, by table', value: rowList(false), unit: 'm', source: deratingTableSource },
    { name: 'screened, by table', value: rowList(true), unit: 'm', source: deratingTableSource },
    { name: 'unscreened, rise of loss', value: '0.4 to 40 °C, 0.6 above', unit: '%/°C', source: derivedSource },
    { name: 'screened, rise of loss', value: 0.2, unit: '%/°C', source: derivedSource },
  ],
  calculate: ({ ambientC, shielded, method }) => {
    const table = method === 'table';
    const maxPermanentLinkM = table ? deratedByTableM(ambientC, shielded) : deratedByFormulaM(ambientC, shielded);
    const between = table && ambientC > coldestC && !deratingRows(shielded).some(([rowC]) => rowC === ambientC);
    const warnings: Warning[] = [];
    if (between)
      warnings.push({
        code: 'between-rows',
        detail: 'The table has no such row: the figure lies on a straight line between its neighbours',
        actual: ambientC,
        unit: '°C',
        source: deratingTableSource,
      });
    return {
      output: { maxPermanentLinkM },
      steps: [
        {
          formula: table ? 'L = row of the table' : 'L = 90 / (1 + rise of insertion loss since 20 °C)',
          inputs: { ambientC, shielded: shielded ? 'yes' : 'no' },
          value: maxPermanentLinkM,
          unit: 'm',
          source: table ? deratedSource(ambientC, shielded) : derivedSource,
        },
      ],
      warnings,
    };
  },
});
