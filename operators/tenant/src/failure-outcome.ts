import { StatusError } from '@legendops/operator-runtime/client/status-error';
import { RestError } from '@azure/core-rest-pipeline';
import type { ConditionType } from './api/conditions.ts';
import { codeOf } from './error-code.ts';
import { DatabaseUnavailable } from './postgres/database-unavailable.ts';
import { LoginRefusal } from './postgres/login-refusal.ts';
import { sayOfAll, type Outcome } from './outcome.ts';
import { VaultUnavailable } from './vault/vault-call.ts';

/** Of the API server: what it refuses for a reason of its own does not pass by waiting. */
const isRefusal = ({ code }: StatusError): boolean => code === 403 || code === 422;

/** Whoever stands between us and the API server, by the words in which it names them. */
const byAdmission = <Type extends ConditionType>(type: Type, { message }: StatusError): Outcome<Type> | undefined => {
  const [, down] = /failed calling webhook "([^"]+)"/.exec(message) ?? [];
  if (down !== undefined) return sayOfAll(type, 'WebhookDown', down);
  const [, webhook, refusal] = /admission webhook "([^"]+)" denied the request(?:: (.*))?/s.exec(message) ?? [];
  if (webhook !== undefined) return sayOfAll(type, 'AdmissionRefused', 'admission webhook', webhook, refusal);
  const [, policy, rule] = /ValidatingAdmissionPolicy '([^']+)' .*?denied request: (.*)$/s.exec(message) ?? [];
  if (policy !== undefined) return sayOfAll(type, 'AdmissionRefused', 'ValidatingAdmissionPolicy', policy, rule);
  return undefined;
};

const partOf = (type: ConditionType, error: unknown): string => {
  if (error instanceof DatabaseUnavailable) return `The database ${error.database}`;
  if (error instanceof VaultUnavailable) return `The vault of ${error.writer}`;
  if (error instanceof RestError) return 'The vault';
  return error instanceof StatusError ? 'The Kubernetes API' : `The step to ${type} (the operator's log says why)`;
};

/** What a condition says of what was thrown: which part did not answer, or who refused what; never how it was asked. */
export const failed = <Type extends ConditionType>(type: Type, error: unknown): Outcome<Type> => {
  if (error instanceof LoginRefusal) return sayOfAll(type, error.name, error.message);
  if (error instanceof StatusError) {
    const outcome = byAdmission(type, error);
    if (outcome) return outcome;
    if (isRefusal(error)) return sayOfAll(type, 'Refused', error.message);
  }
  return sayOfAll(type, 'TemporaryFailure', partOf(type, error), codeOf(error));
};
