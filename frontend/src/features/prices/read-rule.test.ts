import { describe, expect, it } from 'vitest';
import { readRule } from './read-rule.ts';

const aForm = (fields: Record<string, string>): FormData => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
};

describe('readRule', () => {
  it('leaves out what was left empty: it means all, or always', () => {
    const form = aForm({ kind: 'markup', markupPercent: ' 20 ', customerId: '', productId: '', validFrom: '' });
    expect(readRule(form)).toEqual({ ok: true, rule: { kind: 'markup', markupPercent: '20' } });
  });

  it('reads a fixed price', () => {
    const form = aForm({ kind: 'fixed', unitPrice: '9.99', currency: 'USD', validFrom: '2026-11-01' });
    expect(readRule(form)).toEqual({
      ok: true,
      rule: { kind: 'fixed', unitPrice: '9.99', currency: 'USD', validFrom: '2026-11-01' },
    });
  });

  it.each([
    ['markupPercent', { kind: 'markup', markupPercent: 'a lot' }],
    ['markupPercent', { kind: 'markup', markupPercent: '1e3' }],
    ['unitPrice', { kind: 'fixed', unitPrice: '-1', currency: 'USD' }],
    ['currency', { kind: 'fixed', unitPrice: '1', currency: 'dollars' }],
    ['productId', { kind: 'markup', markupPercent: '20', productId: 'CFQ7TTC0LH18' }],
  ])('says what is wrong with %s', (field, fields) => {
    const read = readRule(aForm(fields));
    expect(read.ok ? [] : Object.keys(read.wrong)).toEqual([field]);
  });
});
