import { permissionsOf, type Role } from '@legendops/kit/contract/permissions';
import { describe, expect, test } from 'vitest';
import { placeAt, placesFor } from './navigation.ts';

const aVisitor = (role: Role) => ({
  permissions: permissionsOf(role),
  member: { customerId: role === 'guest' ? '0199aaaa-0000-7000-8000-000000000001' : null },
});

describe('placesFor', () => {
  test.each<[Role, string[]]>([
    [
      'tenant_admin',
      [
        'Worklist',
        'Customers',
        'Usage',
        'Invoices',
        'Periods',
        'Reconciliation',
        'Shadow runs',
        'Connections',
        'Links',
        'Seats',
        'Prices',
        'Products',
        'Stencils',
        'Cabling',
        'Calculators',
        'Runs',
        'Notices',
        'Team',
        'Audit',
      ],
    ],
    [
      'billing_viewer',
      [
        'Worklist',
        'Customers',
        'Usage',
        'Invoices',
        'Periods',
        'Reconciliation',
        'Shadow runs',
        'Connections',
        'Links',
        'Seats',
        'Prices',
        'Products',
        'Stencils',
        'Cabling',
        'Calculators',
        'Runs',
        'Notices',
      ],
    ],
    ['support_user', ['Customers', 'Products', 'Stencils', 'Cabling', 'Calculators']],
    ['guest', ['Usage', 'Invoices', 'Products', 'Stencils', 'Cabling']],
  ])('%s', (role, expected) => {
    expect(placesFor(aVisitor(role)).map(({ name }) => name)).toEqual(expected);
  });

  test('nobody without permissions gets anywhere', () => {
    expect(placesFor({ permissions: [], member: { customerId: null } })).toEqual([]);
  });
});

describe('placeAt', () => {
  test.each([
    ['/', 'Worklist'],
    ['/customers', 'Customers'],
    ['/customers/0199aaaa', 'Customers'],
    ['/invoices/1', 'Invoices'],
    ['/exceptions', 'Worklist'],
    ['/customersx', undefined],
    ['/nowhere', undefined],
  ])('%s belongs to %s', (pathname, expected) => {
    expect(placeAt(pathname)?.name).toBe(expected);
  });
});
