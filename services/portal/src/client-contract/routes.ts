import { Id } from '@legendops/kit/contract/values';
import { ok, route } from '@legendops/kit/http/route';
import { z } from 'zod';
import { ClientContracts } from './contract.ts';
import type { ReadContracts } from './service.ts';

export const clientContractRoutes = (read: ReadContracts) => [
  route({
    method: 'get',
    path: '/v1/customers/{customerId}/contracts',
    permission: 'service-desk.read',
    summary: 'The contracts of a customer in SuperOps, with how many of what since when',
    params: z.strictObject({ customerId: Id }),
    responses: { 200: ClientContracts },
    handler: async ({ scope, params: { customerId } }) => ok(await read(scope, customerId)),
  }),
];
