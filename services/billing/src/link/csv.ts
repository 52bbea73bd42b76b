import { csvText } from '@legendops/kit/http/csv-text';
import type { LinkedCustomerRow } from './store.ts';
import type { LinkRow } from './link-row.ts';

const header = [
  'kind',
  'customer id',
  'customer',
  'product id',
  'currency',
  'QuickBooks id',
  'QuickBooks name',
  'confirmed by',
  'state',
];

const stateOf = ({ remote_id, gone_at }: LinkRow): string => {
  if (gone_at !== null) return 'gone';
  return remote_id === null ? 'to be made' : 'confirmed';
};

const rowOf = (link: LinkRow, customerName: string): string[] => [
  link.kind,
  link.customer_id ?? '',
  customerName,
  link.product_id ?? '',
  link.currency ?? '',
  link.remote_id ?? '',
  link.remote_name,
  link.origin,
  stateOf(link),
];

/** Every link of a company, and every customer that has none yet. */
export const linksAsCsv = (customers: readonly LinkedCustomerRow[], rules: readonly LinkRow[]): string => {
  const names = new Map(customers.map(({ id, name }) => [id, name]));
  const rows = [
    ...customers.flatMap(({ id, name, links }) =>
      links.length === 0
        ? [['customer', id, name, '', '', '', '', '', 'none']]
        : links.map((link) => rowOf(link, name)),
    ),
    ...rules.map((link) => rowOf(link, link.customer_id === null ? '' : (names.get(link.customer_id) ?? ''))),
  ];
  return csvText([header, ...rows]);
};
