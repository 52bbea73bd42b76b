import { setTimeout as pause } from 'node:timers/promises';
import { parseExactJson } from '@legendops/kit/http/exact-json';
import { readBounded, type BoundedAnswer } from '@legendops/kit/http/read-bounded';
import { retryAfterMs } from '@legendops/kit/http/retry-after';
import type { ListOperation, Operation } from './operations.ts';
import { mayBeDone, refusalOf } from './refusal.ts';
import { SuperOpsError } from './superops-error.ts';
import type { SuperOpsLimiter } from './superops-limiter.ts';
import { superOpsCall } from './superops-metrics.ts';

export interface SuperOpsAccount {
  region: Region;
  subdomain: string;
}

export interface SuperOpsAccess extends SuperOpsAccount {
  token: string;
}

export type Region = 'us' | 'eu';

/** What is read of a list; of what could not be read, how many. */
export interface ReadList<Row> {
  rows: Row[];
  unreadable: number;
}

export interface FirstRows<Row> extends ReadList<Row> {
  hasMore: boolean;
}

export interface SuperOpsTransport {
  read: <Result>(operation: Operation<Result>, input?: object) => Promise<Result>;
  readAll: <Row>(list: ListOperation<Row>, key: keyof Row, query?: object) => Promise<ReadList<Row>>;
  readFirst: <Row>(list: ListOperation<Row>, query: object) => Promise<FirstRows<Row>>;
  write: <Result>(operation: Operation<Result>, input: object) => Promise<Result>;
}

export interface SuperOpsOptions {
  /** Of each data centre, without a path. */
  urls: Record<Region, string>;
  limiter: SuperOpsLimiter;
  wait?: (ms: number) => Promise<unknown>;
}

const timeoutMs = 20_000;
const mostBytes = 32 * 1024 * 1024;
const attempts = 3;
// Somebody looks at a screen meanwhile.
const longestWaitMs = 10_000;
const pageSize = 100;
// 100,000 rows: a list without an end is no list.
const mostPages = 1_000;

// A refusal without a code, or under a code of next year, says nothing of what was done.
const mayHaveArrived = ({ kind }: SuperOpsError): boolean => kind === 'unavailable' || kind === 'unexpected';

const isPassing = ({ kind }: SuperOpsError): boolean => kind === 'throttled' || kind === 'unavailable';

/** An answer's body, or what it says instead; throws for what is no JSON, such as a page of HTML under 200. */
const bodyOf = ({ status, headers, text }: BoundedAnswer, field: string): unknown => {
  if (status === 401) throw new SuperOpsError('token', `SuperOps answered 401 to ${field}`);
  if (status === 400) throw new SuperOpsError('subdomain', `SuperOps answered 400 to ${field}`);
  if (status !== 200)
    // A gateway that throttles has passed nothing on; of any other nobody knows.
    throw new SuperOpsError(status === 429 ? 'throttled' : 'unavailable', `SuperOps answered ${status} to ${field}`, {
      retryAfterMs: retryAfterMs(headers.get('retry-after'), Date.now()),
    });
  try {
    return parseExactJson(text);
  } catch {
    throw new SuperOpsError('unavailable', `SuperOps answered ${field} with something that is no JSON`);
  }
};

/** How one service user asks: paced, bounded, and each answer as what it means. */
export const superOpsTransport = (
  { region, subdomain, token }: SuperOpsAccess,
  { urls, limiter, wait = (ms) => pause(ms) }: SuperOpsOptions,
): SuperOpsTransport => {
  const once = async <Result>(
    { field, document, isWrite, result }: Operation<Result>,
    input: object,
  ): Promise<Result> => {
    await limiter(`${region}/${subdomain}`);
    const answer = await readBounded(`${urls[region]}/msp`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        customersubdomain: subdomain,
        'content-type': 'application/json',
        accept: 'application/json',
      },
      body: JSON.stringify({ query: document, variables: { input } }),
      timeoutMs,
      mostBytes,
    }).catch(() => {
      throw new SuperOpsError('unavailable', `SuperOps did not answer ${field}`);
    });
    const { data, refusal } = refusalOf(bodyOf(answer, field), field);
    if (refusal && isWrite && mayBeDone(data, refusal)) throw new SuperOpsError('unexpected', refusal.message);
    if (refusal) throw refusal;
    const parsed = result.safeParse(data);
    if (parsed.success) return parsed.data;
    // A create that gives null has failed, the vendor says. What is there and cannot be read may be something that was made.
    if (isWrite && data === null)
      throw new SuperOpsError('nothing-made', `SuperOps answered ${field} without what it has made`);
    throw new SuperOpsError('unexpected', `SuperOps answered ${field} in an unknown form`);
  };

  const read = async <Result>(operation: Operation<Result>, input: object = {}): Promise<Result> => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await superOpsCall(() => once(operation, input));
      } catch (error) {
        if (!(error instanceof SuperOpsError) || !isPassing(error) || attempt === attempts) throw error;
        const waitMs = Math.max(error.retryAfterMs ?? 0, 500 * 2 ** attempt);
        if (waitMs > longestWaitMs) throw error;
        await wait(waitMs);
      }
    }
  };

  // There is no snapshot: a row may come on two pages, or have left between them; by its id it is kept once.
  const readAll = async <Row>(
    { page, row }: ListOperation<Row>,
    key: keyof Row,
    query: object = {},
  ): Promise<ReadList<Row>> => {
    const rows = new Map<unknown, Row>();
    let unreadable = 0;
    for (let number = 1; number <= mostPages; number += 1) {
      const answer = await read(page, { page: number, pageSize, ...query });
      for (const one of answer.rows) {
        const parsed = row.safeParse(one);
        if (parsed.success) rows.set(parsed.data[key], parsed.data);
        else unreadable += 1;
      }
      if (!answer.hasMore) return { rows: [...rows.values()], unreadable };
    }
    throw new SuperOpsError('unexpected', `SuperOps's list ${page.field} has no end`);
  };

  /** The first rows of a list in an order: the newest, mostly. */
  const readFirst = async <Row>({ page, row }: ListOperation<Row>, query: object): Promise<FirstRows<Row>> => {
    const { rows, hasMore } = await read(page, { page: 1, pageSize, ...query });
    const parsed = rows.flatMap((one) => row.safeParse(one).data ?? []);
    return { rows: parsed, unreadable: rows.length - parsed.length, hasMore };
  };

  /** Once, and never again by itself: what may have arrived is in doubt, and is looked for by whoever sent it. */
  const write = async <Result>(operation: Operation<Result>, input: object): Promise<Result> => {
    try {
      return await superOpsCall(() => once(operation, input));
    } catch (error) {
      if (!(error instanceof SuperOpsError) || !mayHaveArrived(error)) throw error;
      const { message, retryAfterMs: named } = error;
      throw new SuperOpsError('in-doubt', `${message}: it may have arrived`, { retryAfterMs: named });
    }
  };

  return { read, readAll, readFirst, write };
};
