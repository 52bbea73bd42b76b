// What an address may say of a view. Whatever it says otherwise is ignored: an old or mistyped link still opens.

type Search = Record<string, unknown>;

const text = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value).trim() || undefined : undefined;

const matching = (pattern: RegExp) => (value: unknown) => {
  const given = text(value);
  return given !== undefined && pattern.test(given) ? given : undefined;
};

const date = matching(/^\d{4}-\d{2}-\d{2}$/);
const id = matching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);

const oneOf =
  <Choice extends string>(...choices: readonly Choice[]) =>
  (value: unknown): Choice | undefined =>
    choices.find((choice) => choice === value);

const invoiceStatus = oneOf('draft', 'approved', 'posting', 'posted', 'in-doubt', 'failed');

interface RootSearch {
  /** The code of a sign-in or of a connection that failed. */
  problem?: string | undefined;
}

export const rootSearch = ({ problem }: Search): RootSearch => ({ problem: text(problem) });

interface CustomersSearch {
  search?: string | undefined;
}

export const customersSearch = ({ search }: Search): CustomersSearch => ({ search: text(search) });

export interface UsageSearch {
  view?: 'subscriptions' | undefined;
  customerId?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

export const usageSearch = ({ view, customerId, from, to }: Search): UsageSearch => ({
  view: oneOf('subscriptions')(view),
  customerId: id(customerId),
  from: date(from),
  to: date(to),
});

export interface InvoicesSearch {
  status?: ReturnType<typeof invoiceStatus>;
  customerId?: string | undefined;
}

export const invoicesSearch = ({ status, customerId }: Search): InvoicesSearch => ({
  status: invoiceStatus(status),
  customerId: id(customerId),
});

interface ConnectionsSearch {
  connected?: 'quickbooks' | undefined;
}

export const connectionsSearch = ({ connected }: Search): ConnectionsSearch => ({
  connected: oneOf('quickbooks')(connected),
});
