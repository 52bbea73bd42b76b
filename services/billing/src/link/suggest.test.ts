import { describe, expect, it } from 'vitest';
import type { ListedCustomer } from '../quickbooks/account-lists.ts';
import { quickBooksName, suggestionsFor } from './suggest.ts';

const listed = (id: string, name: string, more: Partial<ListedCustomer> = {}): ListedCustomer => ({
  id,
  name,
  isActive: true,
  currency: undefined,
  fingerprint: '',
  ...more,
});

describe('a name', () => {
  it.each([
    ['Contoso: East', 'Contoso - East'],
    ['Contoso\tEast\nWing', 'Contoso East Wing'],
    ['Contoso:', 'Contoso -'],
  ])('%j is %j in QuickBooks', (name, expected) => expect(quickBooksName(name)).toBe(expected));
});

it('suggests the very name first, the active before the inactive, and one that was merged away last', () => {
  const customers = [
    listed('1', 'Fabrikam (deleted)', { isActive: false }),
    listed('2', 'Fabrikam LLC'),
    listed('3', 'fabrikam'),
    listed('4', 'Fabrikam', { isActive: false }),
    listed('5', 'Fabrikam West'),
  ];
  expect(suggestionsFor('Fabrikam', customers).map(({ id }) => id)).toEqual(['3', '2', '4', '1']);
});
