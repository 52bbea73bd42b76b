import { StatusError } from '@legendops/operator-runtime/client/status-error';
import { RestError } from '@azure/core-rest-pipeline';
import type { ConditionType } from './api/tenant.ts';
import { codeOf } from './error-code.ts';
import { DatabaseUnavailable } from './postgres/database-unavailable.ts';
import { LoginRefusal } from './postgres/login-refusal.ts';
import { blocked, needsPerson, type PhaseOutcome } from './scope.ts';
import { VaultUnavailable } from './vault/vault-call.ts';

/** Of the API server: what it refuses for a reason of its own does not pass by waiting. */
const isRefusal = ({ code }: StatusError): boolean => code === 403 || code === 422;

const listWebhooks = 'kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations';

/** Whoever stands between us and the API server, by the words in which it names them. */
const byAdmission = (type: ConditionType, { message }: StatusError): PhaseOutcome | undefined => {
  const [, down] = /failed calling webhook "([^"]+)"/.exec(message) ?? [];
  if (down !== undefined)
    return blocked(
      type,
      'WebhookDown',
      `The admission webhook ${down} does not answer, and without it the Kubernetes API refuses the write. Whoever runs it must mend it (${listWebhooks}); it is tried again`,
    );
  const [, webhook, refusal] = /admission webhook "([^"]+)" denied the request(?:: (.*))?/s.exec(message) ?? [];
  if (webhook !== undefined)
    return needsPerson(
      type,
      'AdmissionRefused',
      `The admission webhook ${webhook} refuses the write: ${refusal || 'it gives no reason'}. Whoever runs it must admit what the operator makes (${listWebhooks})`,
    );
  const [, policy, rule] = /ValidatingAdmissionPolicy '([^']+)' .*?denied request: (.*)$/s.exec(message) ?? [];
  if (policy !== undefined)
    return needsPerson(
      type,
      'AdmissionRefused',
      `The ValidatingAdmissionPolicy ${policy} refuses the write: ${rule || 'it gives no reason'}. Whoever runs it must admit what the operator makes`,
    );
  return undefined;
};

const partOf = (error: unknown): string => {
  if (error instanceof DatabaseUnavailable) return `The database ${error.database}`;
  if (error instanceof VaultUnavailable || error instanceof RestError) return 'The vault';
  return error instanceof StatusError ? 'The Kubernetes API' : 'A step';
};

/** What a condition says of what was thrown: which part did not answer, or who refused what; never how it was asked. */
export const failed = (type: ConditionType, error: unknown): PhaseOutcome => {
  if (error instanceof LoginRefusal) return needsPerson(type, error.name, error.message);
  if (error instanceof StatusError) {
    const outcome = byAdmission(type, error);
    if (outcome) return outcome;
    if (isRefusal(error)) return needsPerson(type, 'Refused', `The Kubernetes API refuses it: ${error.message}`);
  }
  const code = codeOf(error);
  const said = `${partOf(error)} failed and is tried again${code === undefined ? '' : ` (${code})`}`;
  return blocked(type, 'TemporaryFailure', said);
};
