import { ok, route } from '@legendops/kit/http/route';
import { z } from 'zod';
import { CalculationInput, CalculationOutcome, CalculatorList } from './contract.ts';
import type { CalculatorService } from './service.ts';

export const calculatorRoutes = (calculators: CalculatorService) => [
  route({
    method: 'get',
    path: '/v1/calculators',
    permission: 'calculator.run',
    summary: 'Cable calculators, with the schemas of their inputs and outputs and the sources of their figures',
    responses: { 200: CalculatorList },
    handler: () => ok(calculators.list()),
  }),
  route({
    method: 'post',
    path: '/v1/calculators/{calculatorId}/runs',
    permission: 'calculator.run',
    summary: 'Computes; nothing is stored',
    audit: { none: 'It computes and stores nothing' },
    params: z.strictObject({ calculatorId: z.string().max(64) }),
    body: CalculationInput,
    responses: { 200: CalculationOutcome },
    handler: ({ params: { calculatorId }, body }) => ok(calculators.run(calculatorId, body)),
  }),
];
