import { Vendor, type Connection, type Money } from '@legendops/billing/contract';
import type { Worklist } from '@legendops/billing/worklist/contract';
import { formatMoney } from '../../lib/money.ts';

export interface ConnectionWork {
  id: string;
  vendor: Connection['vendor'];
  state: 'missing' | Exclude<Connection['state'], 'connected'>;
  /** Why it does not work. */
  failure: string | null;
}

/** The connections that a person has to make, or to make again. */
export const connectionWork = (connections: readonly Connection[]): ConnectionWork[] =>
  Vendor.options.flatMap((vendor): ConnectionWork[] => {
    const connection = connections.find((one) => one.vendor === vendor);
    if (connection === undefined) return [{ id: vendor, vendor, state: 'missing', failure: null }];
    return connection.state === 'connected'
      ? []
      : [{ id: vendor, vendor, state: connection.state, failure: connection.failure }];
  });

/** How many things wait: each connection, run, invoice and exception is one. */
export const countOf = (list: Pick<Worklist, 'connections' | 'invoices' | 'exceptions' | 'stoppedRuns'>): number =>
  [...list.invoices, ...list.exceptions].reduce(
    (sum, { count }) => sum + count,
    connectionWork(list.connections).length + list.stoppedRuns.length,
  );

/** Amounts of several currencies side by side: they are never added. */
export const moneyWords = (totals: readonly Money[]): string =>
  totals.map(({ amountMinor, currency }) => formatMoney(amountMinor, currency)).join(' + ');
