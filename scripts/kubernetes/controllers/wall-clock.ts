/** A moment as a clock on the wall of some place shows it, as milliseconds since 1970 of a place without an offset. */
type WallTime = number;

export interface WallClock {
  of(instant: number): WallTime;
  /** The instants at which the clock shows this: none in an hour that summer time skips, two in one that comes twice. */
  instantsOf(wall: WallTime): number[];
}

const dayMs = 86_400_000;

/** The clock of a time zone, to the minute. */
export const wallClock = (timeZone: string): WallClock => {
  const format = new Intl.DateTimeFormat('en-u-hc-h23', {
    timeZone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  const of = (instant: number): WallTime => {
    const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
    const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = (
      ['year', 'month', 'day', 'hour', 'minute'] as const
    ).map((name) => parts.get(name));
    return Date.UTC(year, month - 1, day, hour, minute);
  };
  const offsetAt = (instant: number): number => of(instant) - Math.floor(instant / 60_000) * 60_000;
  return {
    of,
    instantsOf: (wall) => {
      // No zone changes twice within two days: these are the offsets before and after.
      const offsets = new Set([offsetAt(wall - dayMs), offsetAt(wall + dayMs)]);
      return [...offsets]
        .map((offset) => wall - offset)
        .filter((instant) => of(instant) === wall)
        .sort((a, b) => a - b);
    },
  };
};
