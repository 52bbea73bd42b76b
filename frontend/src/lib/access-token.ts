import { AccessToken } from '@legendops/auth/contract';
import { tokenPath, unseenTokenPath } from './token-path.ts';
import { readProblem, unexpectedAnswer, unreachable } from './problem.ts';

const renewBeforeMs = 30_000;

export interface AccessTokens {
  /** A token with at least 30 s to live. */
  get(): Promise<string>;
  /** A token other than the refused one. */
  replace(refused: string): Promise<string>;
  /** Takes over the answer of a trade that was made elsewhere. */
  adopt(response: Response): void;
  forget(): void;
  /** Calls back at every trade: who is signed in, or as what, may have changed with it. */
  onTrade(told: () => void): void;
}

interface Surroundings {
  fetch: typeof fetch;
  now: () => number;
  /** When a person last did something here. */
  lastAct: () => number;
}

/**
 * Trades the session cookie for access tokens. The token lives in this closure alone, out of reach of storage; however
 * many requests want one, a single trade is under way.
 */
export const accessTokens = ({ fetch, now, lastAct }: Surroundings): AccessTokens => {
  let current: { text: string; goodUntilMs: number } | undefined;
  // Of the last trade that came to something: an act before a failed one is told with the next.
  let tradedMs = 0;
  let trade: Promise<string> | undefined;
  const listeners: (() => void)[] = [];

  const read = async (response: Response): Promise<string> => {
    if (!response.ok) {
      current = undefined;
      throw await readProblem(response);
    }
    const answer = AccessToken.safeParse(await response.json().catch(() => null));
    if (!answer.success) throw unexpectedAnswer(response);
    // The expiry is told by the clock of the service; a browser whose clock is wrong would renew at every request.
    const serverNow = Date.parse(response.headers.get('date') ?? '');
    const skewMs = Number.isNaN(serverNow) ? 0 : now() - serverNow;
    const { accessToken, expiresAt } = answer.data;
    tradedMs = now();
    for (const told of listeners) told();
    current = { text: accessToken, goodUntilMs: Date.parse(expiresAt) + skewMs - renewBeforeMs };
    return accessToken;
  };

  const settle = (answer: Promise<string>): Promise<string> => {
    trade = answer.finally(() => {
      trade = undefined;
    });
    return trade;
  };

  const tradeSession = (): Promise<Response> =>
    fetch(lastAct() > tradedMs ? tokenPath : unseenTokenPath, { method: 'POST' }).catch(() => {
      throw unreachable();
    });

  const renew = (): Promise<string> => trade ?? settle(tradeSession().then(read));

  return {
    get: async () => (current !== undefined && now() < current.goodUntilMs ? current.text : renew()),
    replace: async (refused) => (current !== undefined && current.text !== refused ? current.text : renew()),
    adopt: (response) => {
      // Whoever asks for a token next learns of a failure.
      settle(read(response)).catch(() => undefined);
    },
    forget: () => {
      current = undefined;
    },
    onTrade: (told) => {
      listeners.push(told);
    },
  };
};
