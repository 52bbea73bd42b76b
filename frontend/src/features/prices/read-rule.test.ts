import { NewPriceRule } from '@legendops/billing/price-rule/contract';
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

  it('reads tiers, one a line', () => {
    const form = aForm({ kind: 'volume', currency: 'USD', tiers: '10, 10.00\n50; 8.00, 5.00\n\nAbove, 6.00\n' });
    expect(readRule(form)).toEqual({
      ok: true,
      rule: {
        kind: 'volume',
        currency: 'USD',
        tiers: [
          { upTo: '10', unitPrice: '10.00' },
          { upTo: '50', unitPrice: '8.00', flatFee: '5.00' },
          { upTo: null, unitPrice: '6.00' },
        ],
      },
    });
  });

  it.each([
    ['tiers', { kind: 'volume', currency: 'USD', tiers: '10 10.00' }],
    ['tiers', { kind: 'volume', currency: 'USD', tiers: '10, 10.00, 5.00, 1' }],
    ['marginPercent', { kind: 'margin', marginPercent: 'much' }],
    ['minimum', { kind: 'markup', markupPercent: '20', minimum: '-5' }],
    ['markupPercent', { kind: 'markup', markupPercent: 'a lot' }],
    ['markupPercent', { kind: 'markup', markupPercent: '1e3' }],
    ['unitPrice', { kind: 'fixed', unitPrice: '-1', currency: 'USD' }],
    ['currency', { kind: 'fixed', unitPrice: '1', currency: 'dollars' }],
    ['productId', { kind: 'markup', markupPercent: '20', productId: 'CFQ7TTC0LH18' }],
  ])('says what is wrong with %s', (field, fields) => {
    const read = readRule(aForm(fields));
    expect(read.ok ? [] : Object.keys(read.wrong)).toEqual([field]);
  });

  it.each([
    { kind: 'markup', markupPercent: '-12.5' },
    { kind: 'markup', markupPercent: '12345' },
    { kind: 'markup', markupPercent: '1.23456' },
    { kind: 'fixed', unitPrice: '9.123456', currency: 'EUR' },
    { kind: 'fixed', unitPrice: '9.1234567', currency: 'EUR' },
    { kind: 'fixed', unitPrice: '1', currency: 'eur' },
    { kind: 'markup', markupPercent: '20', productId: '0190e000-0000-0000-0000-00000000000A' },
    { kind: 'markup', markupPercent: '20', productId: 'x0190e000-0000-0000-0000-00000000000A' },
  ])('takes and refuses what the service does: %j', (fields) => {
    expect(readRule(aForm(fields)).ok).toBe(NewPriceRule.safeParse(fields).success);
  });
});
