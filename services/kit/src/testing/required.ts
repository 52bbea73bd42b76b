/** What a test stands on. Where it is not there the test has lost its ground, and says what it misses. */
export const required = <T>(value: T | undefined | null, what: string): T => {
  if (value === undefined || value === null) throw new Error(`There is no ${what}`);
  return value;
};
