import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { parseExactJson } from '@legendops/kit/http/exact-json';
import { PageAnswer } from './objects.ts';
import { vendorCall } from '../vendor-access/vendor-metrics.ts';
import { errorOfStatus, Pax8Error } from './pax8-error.ts';
import { readEach, type HeldRecord, type ReadList } from './readable.ts';

export interface Pax8ClientOptions {
  url: string;
  callsPerMinute: number;
  /** A valid token; asked again with `renew` after Pax8 refused one. */
  token: (options: { renew: boolean }) => Promise<string>;
  random?: () => number;
  pauseMs?: (attempt: number) => number;
}

const pageSize = 200;
const timeoutMs = 30_000;
const attempts = 4;
const unstableReads = 3;

const paced = (callsPerMinute: number) => {
  let next = 0;
  return async (): Promise<void> => {
    const now = Date.now();
    const at = Math.max(now, next);
    next = at + 60_000 / callsPerMinute;
    // A short burst goes through at once; only a sustained stream is slowed down.
    if (at - now > 2_000) await pause(at - now);
  };
};

const hasTwice = (items: readonly unknown[]): boolean => {
  const ids = items.flatMap((item) => (typeof item === 'object' && item !== null && 'id' in item ? [item.id] : []));
  return new Set(ids).size !== ids.length;
};

/** Lists that come whole, without a page block. */
const ContentAnswer = z.object({ content: z.array(z.unknown()) });

/** What is asked of Pax8: at its pace, again after what passes, with a new token where the last one was refused. */
export const pax8Calls = (options: Pax8ClientOptions) => {
  const { url, callsPerMinute, token, random = Math.random, pauseMs } = options;
  const pace = paced(callsPerMinute);
  const delayMs = pauseMs ?? ((attempt: number) => 500 * 2 ** attempt * (0.5 + random()));

  const ask = async (path: string, renew: boolean): Promise<unknown> => {
    const response = await fetch(`${url}${path}`, {
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
    if (!response.ok) throw errorOfStatus(response.status, path);
    try {
      return parseExactJson(text);
    } catch {
      throw new Pax8Error('unavailable', `Pax8 answered ${path} with broken JSON`);
    }
  };

  const once = async (path: string, renew: boolean): Promise<unknown> => {
    await pace();
    return vendorCall('pax8', () => ask(path, renew));
  };

  const get = async (path: string): Promise<unknown> => {
    let renewed = false;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await once(path, renewed && attempt > 1);
      } catch (error) {
        if (!(error instanceof Pax8Error) || attempt === attempts) throw error;
        if (error.kind === 'refused' && !renewed) renewed = true;
        else if (error.kind === 'throttled' || error.kind === 'unavailable') await pause(delayMs(attempt));
        else throw error;
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
