import { z } from 'zod';
import { parseExactJson } from '@legendops/kit/http/exact-json';
import { tracedFetch } from '@legendops/kit/http/traced-fetch';
import { PageAnswer } from './objects.ts';
import type { Patience } from '@legendops/kit/http/patience';
import { vendorCall } from '../vendor-access/vendor-metrics.ts';
import { errorOfAnswer, Pax8Error } from './pax8-error.ts';
import { readEach, type HeldRecord, type ReadList } from './readable.ts';

export interface Pax8ClientOptions {
  url: string;
  callsPerMinute: number;
  /** A valid token; asked again with `renew` after Pax8 refused one. */
  token: (options: { renew: boolean }) => Promise<string>;
  /** How long whoever asks waits for Pax8 in all. */
  patience: Patience;
  random?: () => number;
  now?: () => number;
}

const pageSize = 200;
const timeoutMs = 30_000;
// Two minutes in all: Pax8 counts the calls of a minute.
const attempts = 8;
const unstableReads = 3;

const paced = ({
  callsPerMinute,
  patience,
  now,
}: Required<Pick<Pax8ClientOptions, 'callsPerMinute' | 'patience' | 'now'>>) => {
  let next = 0;
  return {
    turn: async (): Promise<void> => {
      const waitMs = Math.max(0, next - now());
      next = now() + waitMs + 60_000 / callsPerMinute;
      // A short burst goes through at once; only a sustained stream is slowed down.
      if (waitMs > 2_000 && !(await patience.wait(waitMs)))
        throw new Pax8Error('throttled', 'Pax8 takes fewer calls than are needed in the time that is left');
    },
    /** Whoever is told to come later is told so for all. */
    rest: (ms: number): void => {
      next = Math.max(next, now() + ms);
    },
  };
};

const isPassing = ({ kind }: Pax8Error): boolean => kind === 'throttled' || kind === 'unavailable';

const hasTwice = (items: readonly unknown[]): boolean => {
  const ids = items.flatMap((item) => (typeof item === 'object' && item !== null && 'id' in item ? [item.id] : []));
  return new Set(ids).size !== ids.length;
};

/** Lists that come whole, without a page block. */
const ContentAnswer = z.object({ content: z.array(z.unknown()) });

/** What is asked of Pax8: at its pace, again after what passes as long as patience lasts, with a new token where the last one was refused. */
export const pax8Calls = (options: Pax8ClientOptions) => {
  const { url, callsPerMinute, token, patience, random = Math.random, now = Date.now } = options;
  const pace = paced({ callsPerMinute, patience, now });
  const delayMs = (attempt: number): number => 500 * 2 ** attempt * (0.5 + random());

  const ask = async (path: string, renew: boolean): Promise<unknown> => {
    const response = await tracedFetch(`${url}${path}`, {
      headers: { authorization: `Bearer ${await token({ renew })}`, accept: 'application/json' },
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    }).catch((error: unknown) => {
      if (error instanceof Pax8Error) throw error;
      throw new Pax8Error('unavailable', `Pax8 did not answer ${path}`);
    });
    // The body is read in full also for an error: an unread one would hold its connection.
    const text = await response.text().catch(() => {
      throw new Pax8Error('unavailable', `Pax8 broke off its answer to ${path}`);
    });
    if (!response.ok) throw errorOfAnswer(response, path, now());
    try {
      return parseExactJson(text);
    } catch {
      throw new Pax8Error('unavailable', `Pax8 answered ${path} with broken JSON`);
    }
  };

  const once = async (path: string, renew: boolean): Promise<unknown> => {
    await pace.turn();
    return vendorCall('pax8', () => ask(path, renew));
  };

  /** Waits until it may be asked again: as long as Pax8 says, if it does. False where nobody waits so long. */
  const waits = ({ retryAfterMs = 0 }: Pax8Error, attempt: number): Promise<boolean> => {
    pace.rest(retryAfterMs);
    return patience.wait(Math.max(retryAfterMs, delayMs(attempt)));
  };

  const get = async (path: string): Promise<unknown> => {
    let renewed = false;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await once(path, renewed && attempt > 1);
      } catch (error) {
        if (!(error instanceof Pax8Error) || attempt === attempts) throw error;
        if (error.kind === 'refused' && !renewed) renewed = true;
        else if (!isPassing(error) || !(await waits(error, attempt))) throw error;
      }
    }
  };

  // There is no snapshot: rows move between pages when one is added or removed meanwhile. Then the totals of the pages
  // differ, or a row comes twice; a count at the end alone would miss one row gone and another skipped.
  const readAll = async (path: string): Promise<unknown[] | undefined> => {
    const items: unknown[] = [];
    let total: number | undefined;
    for (let number = 0; ; number += 1) {
      const separator = path.includes('?') ? '&' : '?';
      const parsed = PageAnswer.safeParse(await get(`${path}${separator}page=${number}&size=${pageSize}`));
      if (!parsed.success) throw new Pax8Error('unexpected', `Pax8 answered ${path} in an unknown form`);
      const { content, page } = parsed.data;
      total ??= page.totalElements;
      // Whoever answers with another page than was asked for may do so for ever.
      if (page.totalElements !== total || page.number !== number) return undefined;
      items.push(...content);
      if (page.number + 1 >= page.totalPages || content.length === 0)
        return items.length === total && !hasTwice(items) ? items : undefined;
    }
  };

  const list = async <Item extends z.ZodType>(
    item: Item,
    kind: HeldRecord['kind'],
    path: string,
  ): Promise<ReadList<z.infer<Item>>> => {
    for (let read = 0; read < unstableReads; read += 1) {
      const records = await readAll(path);
      if (records) return readEach(item, kind, records);
    }
    throw new Pax8Error('unavailable', `Pax8's list ${path} kept changing while it was read`);
  };

  /** A list without pages. */
  const whole = async (path: string): Promise<unknown[]> => {
    const parsed = ContentAnswer.safeParse(await get(path));
    if (!parsed.success) throw new Pax8Error('unexpected', `Pax8 answered ${path} in an unknown form`);
    return parsed.data.content;
  };

  return { get, list, whole };
};
