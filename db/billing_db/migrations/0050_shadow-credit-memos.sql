-- What a line of QuickBooks stands on; null of what was compared before credit memos were: an invoice.
alter table billing.shadow_lines add column their_kind text check (their_kind in ('invoice', 'credit-memo'));
