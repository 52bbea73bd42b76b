import { ok, route } from '@legendops/kit/http/route';
import { SuperOpsMirror } from './contract.ts';
import type { MirrorService } from './service.ts';

export const mirrorRoutes = (mirror: MirrorService) => [
  route({
    method: 'get',
    path: '/v1/superops-mirror',
    permission: 'connection.read',
    summary: 'What was read of SuperOps and when, which records could not be read, and how the last run went',
    responses: { 200: SuperOpsMirror },
    handler: async ({ scope }) => ok(await mirror.overview(scope)),
  }),
];
