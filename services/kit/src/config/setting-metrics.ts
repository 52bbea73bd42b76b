import { Counter, Gauge } from 'prom-client';

export const readAt = new Gauge({
  name: 'legendops_settings_last_success_timestamp_seconds',
  help: 'When this process last looked into App Configuration and has what is there; its age is how late a change may be. 0 where there is none',
});

const looks = new Counter({
  name: 'legendops_settings_looks_total',
  help: 'Looks into App Configuration by what came of them: unchanged, changed, failed when it did not answer, refused when something there cannot be used and the last values stay',
  labelNames: ['outcome'] as const,
});

export type LookOutcome = 'unchanged' | 'changed' | 'failed' | 'refused';

export const countLook = (outcome: LookOutcome): void => looks.inc({ outcome });

/** Known before they happen: of a series that begins at one, no rate ever sees the first. */
export const expectLooks = (): void => {
  for (const outcome of ['unchanged', 'changed', 'failed', 'refused'] as const) looks.inc({ outcome }, 0);
};
