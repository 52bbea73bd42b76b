import { ok, publicRoute } from '@legendops/kit/http/route';
import { z } from 'zod';
import type { SigningKey } from './signing-key.ts';

/** A JSON Web Key Set (RFC 7517): what services verify access tokens with. */
const KeySet = z.object({ keys: z.array(z.record(z.string(), z.unknown())) }).meta({ id: 'KeySet' });

export const keyRoutes = (key: SigningKey) => [
  publicRoute({
    method: 'get',
    path: '/v1/keys',
    summary: 'Public keys of access tokens',
    limit: 'none',
    responses: { 200: KeySet },
    handler: () => ok({ keys: key.published }),
  }),
];
