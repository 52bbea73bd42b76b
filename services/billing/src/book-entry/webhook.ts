import { createHmac, timingSafeEqual } from 'node:crypto';
import { problem } from '@legendops/kit/errors/problem';
import type { BodyVerifier } from '@legendops/kit/http/json-body';
import { z } from 'zod';

const header = 'intuit-signature';

const isSigned = (body: Buffer, signature: string, verifier: string): boolean => {
  const expected = createHmac('sha256', verifier).update(body).digest();
  const given = Buffer.from(signature, 'base64');
  return given.length === expected.length && timingSafeEqual(given, expected);
};

/** What Intuit signs: HMAC-SHA256 of the very bytes, in base64. Without a token of ours nobody is believed. */
export const signedByIntuit =
  (verifierNow: () => string | undefined): BodyVerifier =>
  (body, headers) => {
    const verifier = verifierNow();
    const signature = headers[header];
    if (verifier !== undefined && typeof signature === 'string' && isSigned(body, signature, verifier)) return;
    throw problem('token.invalid', { detail: 'The signature is not that of QuickBooks' });
  };

const Realm = z.string().regex(/^\d{1,30}$/);
// CloudEvents since 2026; what came before is sent until an application has moved.
const Event = z.object({ intuitaccountid: Realm });
const Notifications = z.object({ eventNotifications: z.array(z.unknown()) });
const Notification = z.object({ realmId: Realm });

/** The accounts of which a delivery speaks; one of a form that is not known speaks of none. */
export const realmsOf = (delivery: unknown): string[] => {
  const old = Notifications.safeParse(delivery).data?.eventNotifications ?? [];
  const events: readonly unknown[] = Array.isArray(delivery) ? delivery : [];
  const realms = [
    ...events.flatMap((event) => Event.safeParse(event).data?.intuitaccountid ?? []),
    ...old.flatMap((one) => Notification.safeParse(one).data?.realmId ?? []),
  ];
  return [...new Set(realms)];
};
