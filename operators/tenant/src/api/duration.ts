const units = { h: 3_600_000, m: 60_000, s: 1_000 } as const;

/** Milliseconds of a duration such as 720h, 1h30m or 90s, the form that the schema of Tenant admits. */
export const durationMs = (text: string): number =>
  [...text.matchAll(/(\d+)([hms])/g)].reduce(
    (total, [, count, unit]) => total + Number(count) * units[unit as keyof typeof units],
    0,
  );
