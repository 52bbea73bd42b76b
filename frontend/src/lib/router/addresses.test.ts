import { describe, expect, expectTypeOf, it, test } from 'vitest';
import { hrefOf, matchPath, readSearch, type ParamsOf, type Target } from './addresses.ts';

describe('matchPath', () => {
  test.each([
    ['/', '/', {}],
    ['/customers', '/customers', {}],
    ['/customers/', '/customers', {}],
    ['/customers/0199', '/customers/$customerId', { customerId: '0199' }],
    ['/customers/a%2Fb', '/customers/$customerId', { customerId: 'a/b' }],
    ['/invoices/7', '/invoices/$invoiceId', { invoiceId: '7' }],
  ])('%s is the page %s', (pathname, path, params) => {
    expect(matchPath(pathname)).toEqual({ path, params });
  });

  test.each(['/nowhere', '/customers/1/2', '/Customers', '/customers/%E0%A4%A', '//customersx'])(
    '%s is the page of nothing',
    (pathname) => {
      expect(matchPath(pathname)).toBeUndefined();
    },
  );
});

describe('hrefOf', () => {
  it('writes params and search so that they are read back', () => {
    const href = hrefOf({ to: '/customers/$customerId', params: { customerId: 'a/b?c#d é' } });
    expect(href).toBe('/customers/a%2Fb%3Fc%23d%20%C3%A9');
    expect(matchPath(href)).toEqual({ path: '/customers/$customerId', params: { customerId: 'a/b?c#d é' } });

    const found = hrefOf({ to: '/customers', search: { search: 'Q&A = 1' } });
    expect(readSearch('/customers', new URL(found, 'https://portal.example').search)).toEqual({ search: 'Q&A = 1' });
  });

  it('leaves out what is not said', () => {
    expect(hrefOf({ to: '/usage', search: { customerId: undefined, from: '2026-10-01', to: '' } })).toBe(
      '/usage?from=2026-10-01',
    );
    expect(hrefOf({ to: '/', search: {} })).toBe('/');
  });
});

test('a page that needs params cannot be linked without them, and none can be given what it does not read', () => {
  expectTypeOf<ParamsOf<'/invoices/$invoiceId'>>().toEqualTypeOf<{ invoiceId: string }>();
  expectTypeOf<{ to: '/invoices/$invoiceId' }>().not.toExtend<Target>();
  expectTypeOf<{ to: '/invoices'; search: { status: 'paid' } }>().not.toExtend<Target>();
  expectTypeOf<{ to: '/invoices'; search: { status: 'draft' } }>().toExtend<Target>();
});
