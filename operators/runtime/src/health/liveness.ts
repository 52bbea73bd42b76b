/** How long work may stand still, and a watch may be silent, before a restart is the remedy. */
export const stalledAfterMs = 5 * 60_000;

/**
 * Real progress: keys that wait or run, and one of them ended lately; watches that heard something, or at least tried to.
 * An idle operator is alive, and so is one whose API server or database is down: a restart would mend neither.
 */
export const isAlive = (
  controllers: readonly { stalledForMs(): number }[],
  reflectors: readonly { stalledForMs(): number }[],
): boolean => [...controllers, ...reflectors].every((part) => part.stalledForMs() < stalledAfterMs);
