import type { ReasonEntry } from './condition-entry.ts';

const listWebhooks = 'kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations';

/** What any condition may say: whoever stands in the way stands in the way of every step. */
export const reasonsOfAll = {
  Waiting: {
    status: 'Unknown',
    meaning: 'An earlier step has not got so far.',
    remedy: 'See to the condition that is False.',
    says: () => 'Waits for an earlier step: see to the condition that is False',
  },
  TemporaryFailure: {
    status: 'False',
    meaning: 'A database, the vault or the Kubernetes API did not answer.',
    remedy: 'None while it passes; where it stays, look at the part that the message names.',
    says: (part: string, code: string | undefined) =>
      `${part} failed and is tried again${code === undefined ? '' : ` (${code})`}`,
  },
  Refused: {
    status: 'False',
    needs: 'person',
    meaning: 'The Kubernetes API refuses a write of the operator for a reason of its own, such as a missing right.',
    remedy: 'Compare the rights of the operator with operators/tenant/rbac.yaml.',
    says: (message: string) =>
      `The Kubernetes API refuses it: ${message}. Compare the rights of the operator with operators/tenant/rbac.yaml`,
  },
  WebhookDown: {
    status: 'False',
    meaning: 'An admission webhook does not answer, and the Kubernetes API refuses what it was not asked about.',
    remedy: 'Whoever runs the webhook must mend it.',
    says: (webhook: string) =>
      `The admission webhook ${webhook} does not answer, and without it the Kubernetes API refuses the write. Whoever runs it must mend it (${listWebhooks}); it is tried again`,
  },
  AdmissionRefused: {
    status: 'False',
    needs: 'person',
    meaning: 'A webhook or an admission policy refuses what the operator makes.',
    remedy: 'Whoever runs the webhook or the policy must admit it.',
    says: (who: 'admission webhook' | 'ValidatingAdmissionPolicy', name: string, why: string | undefined) =>
      `The ${who} ${name} refuses the write: ${why || 'it gives no reason'}. Whoever runs it must admit what the operator makes` +
      (who === 'admission webhook' ? ` (${listWebhooks})` : ''),
  },
  ContestedObject: {
    status: 'False',
    needs: 'person',
    meaning: 'Somebody changes or removes an object of the tenant as often as the operator sets it right.',
    remedy: 'Have whoever the message names leave the object alone; it is tried again within ten minutes.',
    says: (message: string) => message,
  },
  ChangedByAdmission: {
    status: 'False',
    needs: 'person',
    meaning: 'A webhook or a policy turns what the operator writes into something else.',
    remedy: 'Have it leave the object alone; it is tried again within ten minutes.',
    says: (message: string) => message,
  },
  LoginInUse: {
    status: 'False',
    needs: 'person',
    meaning: 'A database login of the tenant owns objects or holds grants that the operator did not make.',
    remedy: 'An administrator of the database takes them away.',
    says: (message: string) => message,
  },
  LoginNotOurs: {
    status: 'False',
    needs: 'person',
    meaning: 'No provisioner may change the database login any more.',
    remedy: 'An administrator of the database gives ADMIN on it back to a provisioner, or drops it.',
    says: (message: string) => message,
  },
  SessionsRemain: {
    status: 'False',
    needs: 'person',
    meaning: 'The sessions of a database login were ended and are still there.',
    remedy: 'Look at pg_stat_activity for what holds them.',
    says: (message: string) => message,
  },
} as const satisfies Record<string, ReasonEntry>;
