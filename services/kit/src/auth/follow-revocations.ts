import { setTimeout as sleep } from 'node:timers/promises';
import { Counter, Gauge } from 'prom-client';
import { Revocations } from '../contract/revocations.ts';
import { problem } from '../errors/problem.ts';
import { outgoingHeaders } from '../http/outgoing-headers.ts';
import { tracedFetch } from '../http/traced-fetch.ts';
import type { Log } from '../log/logger.ts';
import { inNewTrace } from '../log/trace-context.ts';
import { endedSessions } from './ended-sessions.ts';
import type { Sessions } from './session-check.ts';

export interface FollowRevocationsOptions {
  /** Of the auth service's internal API, such as http://auth:8081. */
  url: string;
  /** A fresh service account token for that service. */
  token: () => Promise<string>;
  log: Log;
  /** Milliseconds of a clock that runs steadily. */
  now?: () => number;
}

/** What we know is of when we last asked. Once that is longer ago, somebody may have been put out whom we would let in. */
export const knownForMs = 5_000;
const waitSeconds = 1;
const answerWithinMs = 3_000;
const firstPauseMs = 100;
const longestPauseMs = 1_000;

const refused = new Counter({
  name: 'legendops_revoked_tokens_refused_total',
  help: 'Requests with an access token of a session that had ended',
});
const closed = new Gauge({
  name: 'legendops_revocations_unknown',
  help: '1 while this process has not heard of ended sessions for too long, and therefore lets nobody in',
});

/**
 * Keeps the sessions that ended in memory, from the auth service's feed of them, so that a token of one is refused within a
 * second. While that feed is silent nobody is let in: who was put out meanwhile would be.
 */
export const followRevocations = ({
  url,
  token,
  log,
  now = () => performance.now(),
}: FollowRevocationsOptions): Sessions => {
  const ended = endedSessions(now);
  const stopping = new AbortController();
  const { signal } = stopping;
  let knownAtMs = Number.NEGATIVE_INFINITY;
  let cursor: string | undefined;
  let pauseMs = firstPauseMs;
  let isOpen = false;
  closed.set(1);

  const settle = (): void => {
    const isKnown = now() - knownAtMs <= knownForMs;
    if (isKnown === isOpen) return;
    isOpen = isKnown;
    closed.set(isOpen ? 0 : 1);
    if (isOpen) log.info({ ended: ended.size() }, 'sessions that ended are known');
    else log.error({ knownForMs }, 'nobody is let in: the auth service has not told for too long which sessions ended');
  };

  const ask = async (): Promise<Revocations> => {
    const query = new URLSearchParams({ wait: waitSeconds.toString(), ...(cursor !== undefined && { after: cursor }) });
    const response = await tracedFetch(`${url}/internal/v1/revocations?${query}`, {
      headers: outgoingHeaders(await token()),
      redirect: 'error',
      signal: AbortSignal.any([signal, AbortSignal.timeout(answerWithinMs)]),
    });
    if (!response.ok) throw new Error(`The auth service answered ${response.status} when asked for ended sessions`);
    return Revocations.parse(await response.json());
  };
  const round = async (): Promise<void> => {
    const askedAtMs = now();
    try {
      const { sessions, next } = await ask();
      ended.add(sessions);
      cursor = next;
      knownAtMs = askedAtMs;
      pauseMs = firstPauseMs;
    } catch (error) {
      if (signal.aborted) return;
      // Asked from the start: the database behind the other side may have been put back meanwhile.
      cursor = undefined;
      log.warn({ err: error, retryInMs: pauseMs }, 'the feed of ended sessions was interrupted');
      await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
      pauseMs = Math.min(pauseMs * 2, longestPauseMs);
    }
    settle();
  };
  const follow = async (): Promise<void> => {
    while (!signal.aborted) await inNewTrace({ name: 'revocations' }, round);
  };
  const done = follow();
  const unavailable = () => problem('service.unavailable', { headers: { 'retry-after': '1' } });

  return {
    check: ({ sessionId }) => {
      settle();
      if (!isOpen) throw unavailable();
      if (!ended.has(sessionId)) return;
      refused.inc();
      throw problem('token.invalid');
    },
    ready: async () => {
      settle();
      if (!isOpen) throw unavailable();
    },
    stop: async () => {
      stopping.abort();
      await done;
    },
  };
};
