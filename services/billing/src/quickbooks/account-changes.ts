import { z } from 'zod';
import type { InvoiceKind } from '../contract.ts';
import { parsed, type AccountCalls } from './account-calls.ts';
import { queryText } from './query-text.ts';
import { quickBooksSaleBody, type QuickBooksSale } from './sale.ts';

export interface DeletedSale {
  kind: InvoiceKind;
  id: string;
  at: string;
}

/** What has changed in an account since a moment, as it is now. */
export interface AccountChanges {
  sales: QuickBooksSale[];
  deleted: DeletedSale[];
  /** From where to go on: by QuickBooks's clock, and never later than ours. */
  readTo: string;
}

// QuickBooks tells of 30 days at most, and of 1,000 objects in one answer, whichever kinds were asked for.
const mostDays = 29;
const mostObjects = 1_000;
// What was written while it answered may not have been in the answer.
const overlapMs = 5 * 60_000;
const dayMs = 86_400_000;

const entities = { invoice: 'Invoice', 'credit-memo': 'CreditMemo' } as const satisfies Record<InvoiceKind, string>;
const finds = { invoice: 'findInvoices', 'credit-memo': 'findCreditMemos' } as const;
const kinds = ['invoice', 'credit-memo'] as const satisfies readonly InvoiceKind[];

const Answer = z.object({
  CDCResponse: z.array(z.object({ QueryResponse: z.array(z.record(z.string(), z.unknown())) })),
  time: z.iso.datetime({ offset: true }),
});
const Deleted = z.object({
  status: z.literal('Deleted'),
  Id: z.string(),
  MetaData: z.object({ LastUpdatedTime: z.iso.datetime({ offset: true }) }),
});

// Most of what changes is the provider's own: one of a form that is not known is none of ours, which came by our own writing.
const readable = (kind: InvoiceKind, rows: readonly unknown[]): QuickBooksSale[] =>
  rows.flatMap((row) => {
    const { data } = quickBooksSaleBody(kind).safeParse(row);
    return data === undefined ? [] : [data];
  });

const newest = (sales: readonly QuickBooksSale[]): QuickBooksSale[] => [
  ...new Map(sales.map((sale) => [`${sale.kind} ${sale.id}`, sale])).values(),
];

export const accountChanges = ({ call, find }: AccountCalls) => {
  const captured = async (of: readonly InvoiceKind[], since: Date) => {
    const names = of.map((kind) => entities[kind]);
    // As text: the library would write the offset of this process's own clock into the address as it is.
    const body = await call((client, done) => client.changeDataCapture(names, since.toISOString(), done));
    const { CDCResponse, time } = parsed(Answer, body);
    const rowsOf = (kind: InvoiceKind): unknown[] =>
      CDCResponse.flatMap(({ QueryResponse }) => QueryResponse).flatMap((part) => {
        const rows = part[entities[kind]];
        return Array.isArray(rows) ? (rows as unknown[]) : [];
      });
    const deleted = of.flatMap((kind) =>
      rowsOf(kind).flatMap((row): DeletedSale[] => {
        const { data } = Deleted.safeParse(row);
        return data ? [{ kind, id: data.Id, at: data.MetaData.LastUpdatedTime }] : [];
      }),
    );
    const count = of.reduce((sum, kind) => sum + rowsOf(kind).length, 0);
    return { sales: of.flatMap((kind) => readable(kind, rowsOf(kind))), deleted, time, isFull: count >= mostObjects };
  };

  /**
   * All that were changed since then, by a search, which shows none that is deleted. Each page begins at the last moment of the
   * one before: places would shift under whoever counts them while others go on writing.
   */
  const searched = async (kind: InvoiceKind, since: Date): Promise<QuickBooksSale[]> => {
    const found: QuickBooksSale[] = [];
    let from = since.toISOString();
    let place = 1;
    for (;;) {
      const rows = await find(
        finds[kind],
        `where MetaData.LastUpdatedTime >= ${queryText(from)} orderby MetaData.LastUpdatedTime`,
        place,
      );
      const page = readable(kind, rows);
      found.push(...page);
      if (rows.length < mostObjects) return found;
      const last = page.at(-1)?.changedAt;
      if (last === undefined || Date.parse(last) === Date.parse(from)) place += rows.length;
      else {
        from = last;
        place = 1;
      }
    }
  };

  return {
    /** Since a moment, however long ago; of what was deleted more than 29 days ago it tells nothing. */
    changes: async (since: Date, now: Date): Promise<AccountChanges> => {
      const from = new Date(since.getTime() - overlapMs);
      const oldest = new Date(now.getTime() - mostDays * dayMs);
      const isTooLong = from < oldest;
      const start = isTooLong ? oldest : from;
      const both = await captured(kinds, start);
      const parts = both.isFull
        ? await Promise.all(kinds.map(async (kind) => ({ of: [kind], ...(await captured([kind], start)) })))
        : [{ of: [...kinds], ...both }];
      const sales: QuickBooksSale[] = [];
      for (const part of parts) {
        sales.push(...part.sales);
        if (part.isFull || isTooLong) for (const kind of part.of) sales.push(...(await searched(kind, from)));
      }
      // A clock of theirs that ran ahead once would hide all that comes until then.
      const readTo = new Date(Math.min(Date.parse(both.time), now.getTime())).toISOString();
      return { sales: newest(sales), deleted: parts.flatMap(({ deleted }) => deleted), readTo };
    },
  };
};

export type ReadsChanges = ReturnType<typeof accountChanges>;
