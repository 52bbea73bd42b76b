import { afterAll, beforeAll, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '@legendops/kit/testing/test-database';
import { vendors } from './connection/vendors.ts';
import {
  ConnectionState,
  InvoiceKind,
  InvoiceStatus,
  JobName,
  PeriodState,
  PostingState,
  RunState,
  Vendor,
} from './contract.ts';
import { PricedTerm, PriceRounding, PriceRuleKind } from './price-rule/contract.ts';
import { Proration } from './proration/contract.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase('billing_db');
});
afterAll(() => database.close());

/** The words that a column is held to, by its check. */
const wordsOf = async (table: string, column: string): Promise<string[]> => {
  const { rows } = await database.administrator.query<{ definition: string }>(
    `select pg_get_constraintdef(k.oid) as definition from pg_constraint k
     where k.contype = 'c' and k.conrelid = $1::regclass
       and k.conkey = array(select a.attnum from pg_attribute a where a.attrelid = k.conrelid and a.attname = $2)`,
    [`billing.${table}`, column],
  );
  const lists = rows.filter(({ definition }) => definition.includes('ANY'));
  if (lists.length !== 1) throw new Error(`${table}.${column} is held by ${lists.length} lists of words`);
  return [...(lists[0]?.definition ?? '').matchAll(/'([^']+)'::text/g)].map(([, word]) => word ?? '');
};

it.each<[string, string, readonly string[]]>([
  ['connections', 'vendor', Vendor.options],
  ['connections', 'state', ConnectionState.options],
  ['vendor_accounts', 'vendor', Object.values(vendors).flatMap(({ accountKinds }) => [...accountKinds])],
  ['runs', 'job', JobName.options],
  ['runs', 'state', RunState.options],
  // A month that is not over is no state of a row.
  ['periods', 'state', PeriodState.exclude(['open']).options],
  ['invoices', 'status', InvoiceStatus.options],
  ['postings', 'state', PostingState.options],
  ['price_rules', 'kind', PriceRuleKind.options],
  ['shadow_lines', 'their_kind', InvoiceKind.options],
  ['price_rules', 'billing_term', PricedTerm.options],
  ['price_rules', 'rounding', PriceRounding.options],
  ['prorations', 'proration', Proration.options],
])('%s.%s holds the words of the contract', async (table, column, words) => {
  expect((await wordsOf(table, column)).toSorted()).toEqual([...words].toSorted());
});
