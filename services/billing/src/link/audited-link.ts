import { differences } from '@legendops/kit/audit/differences';
import type { AuditChange, AuditSubject } from '@legendops/kit/contract/audit-payload';
import type { LinkKind } from './contract.ts';
import type { LinkRow } from './link-row.ts';

const kindWords: Record<LinkKind, string> = {
  customer: 'Customer',
  item: 'Item',
  'tax-code': 'Tax code',
  terms: 'Terms',
};

/** A link as the audit trail calls it: its kind, and whose it is. */
export const linkSubject = ({ id, kind }: LinkRow, about: string): AuditSubject => ({
  type: 'link',
  id,
  name: `${kindWords[kind]}: ${about}`,
});

const fieldsOf = (row: LinkRow | undefined) => ({
  quickBooksId: row?.remote_id ?? null,
  quickBooksName: row?.remote_name ?? null,
  customerId: row?.customer_id ?? null,
  productId: row?.product_id ?? null,
});

export const linkChanges = (before: LinkRow | undefined, after: LinkRow | undefined): AuditChange[] =>
  differences(fieldsOf(before), fieldsOf(after), ['quickBooksId', 'quickBooksName', 'customerId', 'productId']);
