/** As everybody is to send it; the other two forms of old are sent by nobody who throttles. */
const httpDate = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/**
 * For how long a server asks not to be asked, by its Retry-After: seconds, or an HTTP date, of which one that has passed is
 * nothing. Undefined where it says nothing that can be read.
 */
export const retryAfterMs = (header: string | null | undefined, now: number): number | undefined => {
  const text = header?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1_000;
  const at = httpDate.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
};

/** The same for whoever asks us: as a header, where there is something to say. */
export const comeAgainAfter = (ms: number | undefined): Record<string, string> =>
  ms === undefined || ms === 0 ? {} : { 'retry-after': Math.ceil(ms / 1_000).toString() };
