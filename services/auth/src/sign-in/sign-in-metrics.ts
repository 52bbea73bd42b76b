import { Counter } from 'prom-client';

/** By `completed` or the code of the problem that the person was shown. */
export const signIns = new Counter({
  name: 'legendops_sign_ins_total',
  help: 'Sign-ins that came back from a directory, by outcome: completed, or the code of the problem',
  labelNames: ['outcome'] as const,
});

// Known before they happen: of a series that begins at one, no rate ever sees the first.
for (const outcome of ['completed', 'sign-in.failed', 'service.unavailable']) signIns.inc({ outcome }, 0);
