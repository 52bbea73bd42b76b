import type { ShadowLine, ShadowRun } from './contract.ts';
import type { ShadowLineRow, ShadowRunRow } from './store.ts';

export const presentShadowRun = (row: ShadowRunRow): ShadowRun => ({
  id: row.id,
  period: row.period,
  datedFrom: row.dated_from,
  datedTo: row.dated_to,
  createdAt: row.created_at,
  ...row.result,
});

export const presentShadowLine = (row: ShadowLineRow): ShadowLine => ({
  id: row.place,
  outcome: row.outcome,
  customerId: row.customer_id,
  customerName: row.customer_name,
  currency: row.currency,
  ours:
    row.our_minor === null ? null : { description: row.our_description ?? '', amountMinor: row.our_minor.toString() },
  theirs:
    row.their_minor === null
      ? null
      : {
          kind: row.their_kind ?? 'invoice',
          docNumber: row.doc_number ?? '',
          description: row.their_description ?? '',
          amountMinor: row.their_minor.toString(),
        },
  pairedBy: row.paired_by,
});
