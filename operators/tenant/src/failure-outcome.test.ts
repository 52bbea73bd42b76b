import { StatusError } from '@legendops/operator-runtime/client/status-error';
import { expect, test } from 'vitest';
import { failed } from './failure-outcome.ts';
import { DatabaseUnavailable } from './postgres/database-unavailable.ts';
import { LoginInUse } from './postgres/login-refusal.ts';
import { VaultUnavailable } from './vault/vault-call.ts';

const refusal = (code: number, message: string): StatusError => new StatusError({ code, reason: 'x', message });

test.each<[string, unknown, string, string, string | undefined]>([
  [
    'a webhook that is down',
    refusal(
      500,
      'Internal error occurred: failed calling webhook "a.example": failed to call webhook: Post "https://x": EOF',
    ),
    'WebhookDown',
    'The admission webhook a.example does not answer',
    undefined,
  ],
  [
    'a webhook that refuses, whatever code it gives',
    refusal(400, 'admission webhook "a.example" denied the request: not on Fridays'),
    'AdmissionRefused',
    'a.example refuses the write: not on Fridays',
    'person',
  ],
  [
    'a webhook that refuses without a reason',
    refusal(403, 'admission webhook "a.example" denied the request without explanation'),
    'AdmissionRefused',
    'a.example refuses the write: it gives no reason',
    'person',
  ],
  [
    'a policy that refuses',
    refusal(422, `x is forbidden: ValidatingAdmissionPolicy 'p' with binding 'b' denied request: no`),
    'AdmissionRefused',
    'The ValidatingAdmissionPolicy p refuses the write: no',
    'person',
  ],
  [
    'a missing right',
    refusal(403, 'x is forbidden'),
    'Refused',
    'The Kubernetes API refuses it: x is forbidden. Compare',
    'person',
  ],
  [
    'a busy API server',
    refusal(503, 'x'),
    'TemporaryFailure',
    'The Kubernetes API failed and is tried again',
    undefined,
  ],
  [
    'a database',
    new DatabaseUnavailable('auth_db', undefined),
    'TemporaryFailure',
    'The database auth_db failed',
    undefined,
  ],
  [
    'the vault',
    new VaultUnavailable('billing', '503'),
    'TemporaryFailure',
    'The vault of billing failed and is tried again (503)',
    undefined,
  ],
  ['a login that holds something', new LoginInUse('t_x_a'), 'LoginInUse', 't_x_a', 'person'],
  [
    'anything else',
    new Error('secret'),
    'TemporaryFailure',
    "The step to NamespaceReady (the operator's log says why) failed and is tried again",
    undefined,
  ],
])('%s is said by who it is', (_what, error, reason, words, needs) => {
  const outcome = failed('NamespaceReady', error);
  expect(outcome).toMatchObject({ status: 'False', reason, message: expect.stringContaining(words) });
  expect(outcome.needs).toBe(needs);
});
