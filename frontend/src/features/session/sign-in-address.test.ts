import { expect, test } from 'vitest';
import { signInAddress } from './sign-in-address.ts';

test.each([
  ['the start page', '/', '', '/'],
  ['a page with its view', '/usage', '?from=2026-10-01&to=2026-10-31', '/usage?from=2026-10-01&to=2026-10-31'],
  ['a page after a failed sign-in', '/invoices', '?problem=sign-in.failed&status=draft', '/invoices?status=draft'],
  ['another site in disguise', '//evil.example', '', '/'],
  ['an address that the sign-in would refuse', "/customers/o'neill", '', '/'],
  ['an address that is too long', `/${'a'.repeat(600)}`, '', '/'],
])('comes back to %s', (_what, pathname, search, returnTo) => {
  const address = new URL(signInAddress({ pathname, search }), 'https://portal.example');
  expect(address.pathname).toBe('/api/auth/v1/sign-in');
  expect(address.searchParams.get('returnTo')).toBe(returnTo);
});
