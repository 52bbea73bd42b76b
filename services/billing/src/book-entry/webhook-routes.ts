import { ok, publicRoute } from '@legendops/kit/http/route';
import { z } from 'zod';
import type { LookStore } from './look-store.ts';
import { realmsOf, signedByIntuit } from './webhook.ts';

// A delivery may hold many events; Intuit says no size.
const mostBytes = 256 * 1024;
// All that Intuit sends, of all tenants, comes from a few addresses.
const perMinute = 6_000;

export const webhookRoutes = ({
  looks,
  verifier,
}: {
  looks: Pick<LookStore, 'ask'>;
  verifier: () => string | undefined;
}) => [
  publicRoute({
    method: 'post',
    path: '/v1/quickbooks-events',
    summary:
      'Where QuickBooks says that something has changed in an account: a hint, by which the account is looked at',
    audit: { none: 'Nothing is changed: what is found when the account is looked at is told there' },
    limit: { perMinute },
    mostBodyBytes: mostBytes,
    verifyBody: signedByIntuit(verifier),
    body: z.unknown(),
    responses: { 200: z.object({}) },
    handler: async ({ body }) => {
      // An account that is nobody's here is no secret and no mistake: Intuit hears the same of both.
      await looks.ask(realmsOf(body));
      return ok({});
    },
  }),
];
