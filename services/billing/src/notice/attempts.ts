const firstPauseSeconds = 30;
const longestPauseSeconds = 3_600;
/** A day and an hour, by these pauses. */
export const mostAttempts = 30;

/** When a message is tried again that was in vain so often; not before somebody who asked for it wants it. */
export const nextAttemptAt = (failures: number, now: Date, atLeastSeconds = 0): Date => {
  const pause = Math.min(firstPauseSeconds * 2 ** (failures - 1), longestPauseSeconds);
  return new Date(now.getTime() + Math.max(pause, atLeastSeconds) * 1_000);
};

export const isOver = (failures: number): boolean => failures >= mostAttempts;
