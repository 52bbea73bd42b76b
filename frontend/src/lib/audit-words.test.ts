import { expect, test } from 'vitest';
import { actWords, authorWords, isMoneyAct } from './audit-words.ts';

test.each([
  ['invoice.approved', 'Invoice approved', true],
  ['customer.changed', 'Customer changed', false],
  ['of.a-newer-service', 'of.a-newer-service', false],
  ['constructor', 'constructor', false],
])('the act %s reads as %s', (act, words, isMoney) => {
  expect([actWords({ act }), isMoneyAct({ act })]).toEqual([words, isMoney]);
});

test.each([
  ['member', 'Ada', 'Ada'],
  ['job', 'invoice-run', 'Job invoice-run'],
  ['vendor', 'QuickBooks', 'QuickBooks'],
  ['member', '', 'Somebody who is no member any more'],
] as const)('a %s called “%s” reads as %s', (kind, name, words) => {
  expect(authorWords({ author: { kind, name, id: null, email: null } })).toBe(words);
});
