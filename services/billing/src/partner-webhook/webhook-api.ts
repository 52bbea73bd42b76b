import { problem } from '@legendops/kit/errors/problem';
import { jsonOf, readBounded } from '@legendops/kit/http/read-bounded';
import { comeAgainAfter } from '@legendops/kit/http/retry-after';
import { z } from 'zod';
import { errorOfAnswer, Pax8Error } from '../pax8/pax8-error.ts';

const Topics = z.object({
  content: z.array(z.object({ topic: z.string(), availableFilters: z.array(z.object({ action: z.string() })) })),
});
const Made = z.object({ id: z.string().min(1) });

export type WebhookTopic = { topic: string; filters: { action: string; conditions: [] }[] };

/** The webhooks of a partner at Pax8. Throws vendor.unavailable and connection.refused. */
export interface WebhookApi {
  /** What can be told of subscriptions, every action of it: what comes without filters was narrowed once, and may be again. */
  subscriptionTopics(): Promise<WebhookTopic[]>;
  /** Its id. */
  make(webhook: { url: string; authorization: string; topics: readonly WebhookTopic[] }): Promise<string>;
  /** Nothing where it is gone already. */
  remove(id: string): Promise<void>;
}

const timeoutMs = 20_000;
const mostBytes = 1024 * 1024;
// Another prefix than everything else at Pax8 has.
const prefix = '/api/v2/webhooks';

const asProblem = (error: unknown): unknown => {
  if (!(error instanceof Pax8Error)) return error;
  if (error.kind === 'refused' || error.kind === 'forbidden')
    return problem('connection.refused', {
      detail: 'Pax8 lets these credentials make no webhooks: ask Pax8 for that right, then press “Start events” again',
    });
  return problem('vendor.unavailable', {
    detail: 'Pax8 could not be asked; try again in a minute',
    headers: comeAgainAfter(error.retryAfterMs),
  });
};

export const webhookApi = ({ url, token }: { url: string; token: string }): WebhookApi => {
  const ask = async (method: 'GET' | 'POST' | 'DELETE', path: string, body?: object): Promise<unknown> => {
    const answer = await readBounded(`${url}${prefix}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        accept: 'application/json',
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
      timeoutMs,
      mostBytes,
    }).catch(() => {
      throw new Pax8Error('unavailable', `Pax8 did not answer ${path}`);
    });
    if (answer.status < 200 || answer.status > 299) throw errorOfAnswer(answer, `${prefix}${path}`, Date.now());
    return jsonOf(answer);
  };
  const parsed = <Of extends z.ZodType>(of: Of, answer: unknown): z.infer<Of> => {
    const result = of.safeParse(answer);
    if (!result.success) throw new Pax8Error('unexpected', 'Pax8 answered in an unknown form');
    return result.data;
  };
  const told = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw asProblem(error);
    }
  };
  return {
    subscriptionTopics: () =>
      told(async () =>
        parsed(Topics, await ask('GET', '/topic-definitions?size=200')).content.flatMap(({ topic, availableFilters }) =>
          /subscription/i.test(topic)
            ? [{ topic, filters: availableFilters.map(({ action }) => ({ action, conditions: [] as [] })) }]
            : [],
        ),
      ),
    make: ({ url: to, authorization, topics }) =>
      told(async () => {
        const body = { displayName: 'LegendOps', url: to, authorization, active: true, webhookTopics: topics };
        return parsed(Made, await ask('POST', '', body)).id;
      }),
    remove: (id) =>
      told(async () => {
        try {
          await ask('DELETE', `/${encodeURIComponent(id)}`);
        } catch (error) {
          if (!(error instanceof Pax8Error) || error.kind !== 'not-found') throw error;
        }
      }),
  };
};
