import { Counter } from 'prom-client';
import { problem } from '../errors/problem.ts';

/** What somebody may do in a minute: a whole tenant, one person of it, a known caller without a token, an address. */
export interface Allowance {
  name: 'tenant' | 'person' | 'caller' | 'address';
  /** Who it is, among all of that name, and where what is counted is of one place. */
  key: string;
  perMinute: number;
}

export interface RateLimit {
  /**
   * Counts one request against each allowance; throws request.rate-limited at the first that is used up, and those after it
   * are not counted. Returns headers for the answer, names and values in turns.
   */
  take(...allowances: readonly Allowance[]): string[];
  /** Counts what went wrong, and refuses nothing. */
  count(allowance: Allowance): void;
  /** Throws request.rate-limited when an allowance is used up, and counts nothing. */
  requireLeft(allowance: Allowance): void;
}

interface Window {
  count: number;
  endsAt: number;
}

const refused = new Counter({
  name: 'legendops_rate_limit_refusals_total',
  help: 'Requests refused because an allowance was used up, by whose it was',
  labelNames: ['allowance'] as const,
});

const windowMs = 60_000;
const mostWindows = 100_000;

/**
 * Counted in this process: with N replicas a tenant has up to N times its limit, which protects the service; the limit of a
 * contract is not what this is for. Windows of a minute, each from its first request.
 */
export const rateLimit = (now: () => number = Date.now): RateLimit => {
  const windows = { tenant: new Map(), person: new Map(), caller: new Map(), address: new Map() } satisfies Record<
    Allowance['name'],
    Map<string, Window>
  >;
  // Known before they happen: of a series that begins at one, no rate ever sees the first.
  for (const allowance of Object.keys(windows)) refused.inc({ allowance }, 0);
  const forget = (all: Map<string, Window>, at: number): void => {
    for (const [key, { endsAt }] of all) if (endsAt <= at) all.delete(key);
    // Somebody brings ever new keys: what is counted of them is worth nothing, memory is.
    if (all.size >= mostWindows) all.clear();
  };
  const windowOf = ({ name, key }: Allowance): Window => {
    const all: Map<string, Window> = windows[name];
    const at = now();
    const known = all.get(key);
    if (known && known.endsAt > at) return known;
    if (all.size >= mostWindows) forget(all, at);
    const begun = { count: 0, endsAt: at + windowMs };
    all.set(key, begun);
    return begun;
  };
  const secondsLeft = ({ endsAt }: Window): number => Math.max(1, Math.ceil((endsAt - now()) / 1000));
  const refuse = (allowance: Allowance['name'], window: Window) => {
    refused.inc({ allowance });
    return problem('request.rate-limited', { headers: { 'retry-after': secondsLeft(window).toString() } });
  };
  return {
    take: (...allowances) => {
      let policies = '';
      let left = '';
      for (const allowance of allowances) {
        const { name, perMinute } = allowance;
        const window = windowOf(allowance);
        if (window.count >= perMinute) throw refuse(name, window);
        window.count += 1;
        const separator = policies === '' ? '' : ', ';
        policies += `${separator}"${name}";q=${perMinute};w=60`;
        left += `${separator}"${name}";r=${perMinute - window.count};t=${secondsLeft(window)}`;
      }
      return ['ratelimit-policy', policies, 'ratelimit', left];
    },
    count: (allowance) => {
      windowOf(allowance).count += 1;
    },
    requireLeft: ({ name, key, perMinute }) => {
      const window: Window | undefined = windows[name].get(key);
      if (window && window.endsAt > now() && window.count >= perMinute) throw refuse(name, window);
    },
  };
};
