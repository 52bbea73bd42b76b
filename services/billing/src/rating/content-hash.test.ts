import { expect, it } from 'vitest';
import { contentHash, type Content } from './content-hash.ts';

const content: Content = {
  customerId: 'c',
  customerName: 'Contoso',
  totalMinor: 1234n,
  lines: [{ sourceKey: 's', description: 'd', quantityE6: 2_000_000n, unitPriceE8: 617_000_000n, amountMinor: 1234n }],
};
const [line] = content.lines;

it('is what stands beside the invoices that were approved so far', () => {
  expect(contentHash(content, 'USD')).toBe('N7CeThrXEekLJXIiJ6FPibPlkCCe8vlmkuezHXosnJs');
});

it.each<[string, Content, string]>([
  ['the customer', { ...content, customerId: 'other' }, 'USD'],
  ["the customer's name", { ...content, customerName: 'other' }, 'USD'],
  ['the currency', content, 'EUR'],
  ['the total', { ...content, totalMinor: 1n }, 'USD'],
  ['a line', { ...content, lines: [] }, 'USD'],
  ...Object.entries(line ?? {}).map(([field, value]): [string, Content, string] => [
    `a line's ${field}`,
    { ...content, lines: content.lines.map((one) => ({ ...one, [field]: typeof value === 'bigint' ? 7n : 'other' })) },
    'USD',
  ]),
])('is another one when %s is', (_, other, currency) => {
  expect(contentHash(other, currency)).not.toBe(contentHash(content, 'USD'));
});
