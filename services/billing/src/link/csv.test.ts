import { expect, it } from 'vitest';
import { linksAsCsv } from './csv.ts';
import type { LinkRow } from './link-row.ts';

const link = (more: Partial<LinkRow>): LinkRow => ({
  id: 'l',
  realm_id: '1',
  kind: 'customer',
  customer_id: 'c1',
  product_id: null,
  currency: null,
  remote_id: '7',
  remote_name: 'Fabrikam',
  origin: 'posted',
  gone_at: null,
  version: 1,
  ...more,
});

it('every link is a row, and every customer without one; no cell is a formula', () => {
  const customers = [
    { id: 'c1', name: '=HYPERLINK("x")', links: [link({}), link({ currency: 'EUR', gone_at: '2026-01-01' })] },
    { id: 'c2', name: 'Contoso, "East"', links: [link({ customer_id: 'c2', remote_id: null, origin: 'person' })] },
    { id: 'c3', name: 'Unlinked', links: [] },
  ];
  const rules = [
    link({ kind: 'tax-code', customer_id: null, remote_id: 'TAX', remote_name: 'Taxable', origin: 'person' }),
  ];
  const rows = linksAsCsv(customers, rules).split('\r\n');
  expect(rows.slice(1)).toEqual([
    `"customer","c1","'=HYPERLINK(""x"")","","","7","Fabrikam","posted","confirmed"`,
    `"customer","c1","'=HYPERLINK(""x"")","","EUR","7","Fabrikam","posted","gone"`,
    '"customer","c2","Contoso, ""East""","","","","Fabrikam","person","to be made"',
    '"customer","c3","Unlinked","","","","","","none"',
    '"tax-code","","","","","TAX","Taxable","person","confirmed"',
    '',
  ]);
});
