import type { BillingException, Connection, Run } from '@legendops/billing/contract';

const vendors = ['pax8', 'quickbooks'] as const;

export interface ConnectionWork {
  id: string;
  vendor: Connection['vendor'];
  state: 'missing' | Exclude<Connection['state'], 'connected'>;
  detail: string | null;
}

/** The connections that a person has to make, or to make again. */
export const connectionWork = (connections: readonly Connection[]): ConnectionWork[] =>
  vendors.flatMap((vendor): ConnectionWork[] => {
    const connection = connections.find((one) => one.vendor === vendor);
    if (connection === undefined) return [{ id: vendor, vendor, state: 'missing', detail: null }];
    return connection.state === 'connected'
      ? []
      : [{ id: vendor, vendor, state: connection.state, detail: connection.detail }];
  });

const checked = new Set(['price.below-cost', 'invoice.differs', 'line.billed-elsewhere', 'start.moved']);

/** What is billed all the same, but looks wrong; everything else is not billed. */
const isToCheck = ({ code }: Pick<BillingException, 'code'>): boolean =>
  checked.has(code) || code.startsWith('posted.');

/** Exceptions by what they mean for the money. */
export const exceptionWork = (
  exceptions: readonly BillingException[],
): { notBilled: BillingException[]; toCheck: BillingException[] } => ({
  notBilled: exceptions.filter((exception) => !isToCheck(exception)),
  toCheck: exceptions.filter(isToCheck),
});

/** Runs that stopped, newest first as given; one that a later run of the same job and period made good is left out. */
export const runWork = (newestFirst: readonly Run[]): Run[] => {
  const seen = new Set<string>();
  return newestFirst.filter((run) => {
    const about = `${run.job} ${run.job === 'usage-sync' ? '' : (run.period ?? '')}`;
    if (seen.has(about)) return false;
    // A run that is under way has decided nothing yet.
    if (run.state !== 'running') seen.add(about);
    return run.state === 'failed' || run.state === 'needs-person';
  });
};
