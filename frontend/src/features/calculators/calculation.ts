import { CalculationOutcome } from '@legendops/catalog/calculators/contract';
import type { ActKind } from '../../lib/act/perform-act.ts';
import { useAct } from '../../lib/act/use-act.ts';
import { calculatorsPath } from '../../lib/queries/catalog.ts';

interface Calculation {
  id: string;
  input: Record<string, unknown>;
}

const calculate: ActKind<Calculation, CalculationOutcome> = {
  request: ({ id, input }) => ({ method: 'POST', path: `${calculatorsPath}/${id}/runs`, body: input }),
  answer: CalculationOutcome,
};

/** Computes; nothing is stored. */
export const useCalculation = () => useAct(calculate);
