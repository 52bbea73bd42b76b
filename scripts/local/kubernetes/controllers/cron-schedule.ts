import { Cron } from 'croner';

export type Schedule = {
  /** The first moment of the schedule after a time. */
  next(after: Date): Date | undefined;
  /** The last moment of the schedule that is not after a time. */
  last(until: Date): Date | undefined;
};

export const cronSchedule = (expression: string, timeZone: string | undefined): Schedule => {
  const cron = new Cron(expression, { paused: true, mode: '5-part', timezone: timeZone ?? 'UTC' });
  return {
    next: (after) => cron.nextRun(after) ?? undefined,
    // The library leaves the reference itself out.
    last: (until) => cron.previousRuns(1, new Date(until.getTime() + 1_000))[0],
  };
};

export type Due = { at: Date; isTooLate: boolean };

/** The latest start that is due and has not been made since `since`; missed ones before it are let go. */
export const dueStart = (
  schedule: Schedule,
  { since, now, deadlineSeconds }: { since: Date; now: Date; deadlineSeconds: number | undefined },
): Due | undefined => {
  const next = schedule.next(since);
  if (!next || next > now) return undefined;
  const at = schedule.last(now) ?? next;
  const isTooLate = deadlineSeconds !== undefined && now.getTime() - at.getTime() > deadlineSeconds * 1000;
  return { at, isTooLate };
};
