import { readBounded, type BoundedAnswer } from '@legendops/kit/http/read-bounded';

/** What became of a card; `isFinal` where the same card would be refused again. */
export type CardOutcome =
  | { taken: true }
  | { taken: false; failure: string; isFinal: boolean; retryInSeconds?: number };

export interface Teams {
  /** Whether an address is one that a workflow of Teams may have. */
  isAllowed(url: string): boolean;
  post(url: string, card: object): Promise<CardOutcome>;
}

const timeoutMs = 15_000;
const mostBytes = 64 * 1024;
const longestWaitSeconds = 3_600;

const isOf = (url: URL, origin: string): boolean => {
  const [protocol = '', host = ''] = origin.split('://');
  if (url.protocol !== `${protocol}:`) return false;
  return host.startsWith('*.') ? url.host.endsWith(host.slice(1)) : url.host === host;
};

// Too early, too often, and what is Microsoft's own: all others say that this address, or this card, is not taken.
const isPassing = (status: number): boolean => status === 408 || status === 425 || status === 429 || status >= 500;

const waitOf = ({ headers }: BoundedAnswer): { retryInSeconds?: number } => {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds > 0 ? { retryInSeconds: Math.min(seconds, longestWaitSeconds) } : {};
};

/**
 * Posts cards to the addresses of Workflows. An address is a secret, and what fetch throws may quote it: no error leaves here, but
 * words of ours.
 */
export const teamsAt = (origins: readonly string[]): Teams => ({
  isAllowed: (text) => {
    const url = URL.parse(text);
    if (url === null || url.username !== '' || url.password !== '') return false;
    return origins.some((origin) => isOf(url, origin));
  },
  post: async (url, card) => {
    let answer: BoundedAnswer;
    try {
      answer = await readBounded(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(card),
        timeoutMs,
        mostBytes,
      });
    } catch {
      return { taken: false, failure: 'Teams could not be reached, or did not answer', isFinal: false };
    }
    if (answer.status >= 200 && answer.status < 300) return { taken: true };
    const failure = `Teams answered ${answer.status}`;
    return isPassing(answer.status)
      ? { taken: false, failure, isFinal: false, ...waitOf(answer) }
      : { taken: false, failure: `${failure}: its workflow may have been removed`, isFinal: true };
  },
});
