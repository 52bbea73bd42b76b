import { createHash } from 'node:crypto';
import type { Remembered } from './company.ts';
import type { CompanyScope } from './company-scope.ts';
import { QuickBooksFault } from './quickbooks-fault.ts';

export type Reply = { status: number; body: unknown };

type Request = { requestId: string | null; mostCharacters: number; path: string; body: unknown };

/**
 * The same requestid brings back the first reply, whatever has become of the object since: after somebody deleted the
 * invoice it still reports success. Failures are not remembered unless a quirk says so.
 */
export function replayed(scope: CompanyScope, request: Request, perform: () => Reply): Reply {
  const { quirks, company, now } = scope;
  const { requestId, mostCharacters } = request;
  if (!requestId) {
    if (quirks.requireRequestId) throw forgotten(request.path);
    return perform();
  }
  if (requestId.length > mostCharacters) {
    throw new QuickBooksFault('2050', `requestid has ${requestId.length} characters, ${mostCharacters} are allowed`, {
      element: 'requestid',
    });
  }
  // Never the caller's text alone: it could be a name that every object has.
  const key = `requestid ${requestId}`;
  const known = company.remembered[key];
  const fingerprint = createHash('sha256')
    .update(`${request.path}\n${JSON.stringify(request.body)}`)
    .digest('base64url');
  if (known && !expired(known, scope)) {
    if (known.fingerprint !== fingerprint && quirks.requestIdWithOtherBody === 'refuse') {
      throw new QuickBooksFault('600', 'Duplicate Request ID : it was used for another request');
    }
    return { status: known.status, body: known.body };
  }
  const reply = perform();
  if (reply.status < 400 || quirks.rememberFailures) {
    // A copy: the object goes on to change, what was said stays said.
    company.remembered[key] = { at: now.getTime(), fingerprint, ...structuredClone(reply) };
  }
  return reply;
}

const expired = ({ at }: Remembered, { now, quirks }: CompanyScope) =>
  now.getTime() - at >= quirks.requestIdRetentionSeconds * 1000;

const forgotten = (path: string) =>
  new QuickBooksFault(
    '2020',
    `POST ${path} came without requestid. QuickBooks would take it; the local double refuses it, because a retry of it makes a second object.`,
    { element: 'requestid' },
  );
