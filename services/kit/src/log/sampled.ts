/** How many lines of a kind are written in a minute, whoever sends what causes them. */
const linesPerMinute = 5;
const minuteMs = 60_000;

/**
 * Says whether a line of this kind is written now, and how many of its kind were not since the last one: what strangers
 * cause must not fill the log. Kinds are ours and few.
 */
export const sampled = (now: () => number = Date.now): ((kind: string) => { unwritten: number } | undefined) => {
  const kinds = new Map<string, { since: number; written: number; unwritten: number }>();
  return (kind) => {
    const known = kinds.get(kind);
    const at = now();
    const isCurrent = known !== undefined && at - known.since < minuteMs;
    if (known && isCurrent && known.written >= linesPerMinute) {
      known.unwritten += 1;
      return undefined;
    }
    const unwritten = known?.unwritten ?? 0;
    kinds.set(kind, { since: isCurrent ? known.since : at, written: isCurrent ? known.written + 1 : 1, unwritten: 0 });
    return { unwritten };
  };
};
