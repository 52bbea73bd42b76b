import { Vendor, type Connection } from '@legendops/billing/contract';
import type { Worklist } from '@legendops/billing/worklist/contract';

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

/** How many things wait: each connection, month, run, invoice and exception is one. */
export const countOf = (
  list: Pick<Worklist, 'connections' | 'invoices' | 'exceptions' | 'periods' | 'stoppedRuns'>,
): number =>
  [...list.invoices, ...list.exceptions].reduce(
    (sum, { count }) => sum + count,
    connectionWork(list.connections).length + list.periods.length + list.stoppedRuns.length,
  );
