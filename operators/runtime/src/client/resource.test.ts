import { expect, test } from 'vitest';
import { keyText, pathOf } from './resource.ts';
import { isConflict, isExpired, isInvalid, isNotFound, StatusError, statusErrorFrom } from './status-error.ts';

const secrets = { apiVersion: 'v1', kind: 'Secret', plural: 'secrets', namespaced: true };
const tenants = { apiVersion: 'x.io/v1', kind: 'Tenant', plural: 'tenants', namespaced: false };

test.each([
  [pathOf(secrets), '/api/v1/secrets'],
  [pathOf(secrets, { namespace: 'n' }), '/api/v1/namespaces/n/secrets'],
  [pathOf(secrets, { namespace: 'n', name: 's' }), '/api/v1/namespaces/n/secrets/s'],
  [pathOf(tenants, { name: 't', namespace: 'ignored' }), '/apis/x.io/v1/tenants/t'],
  [pathOf(tenants, { name: 't' }, 'status'), '/apis/x.io/v1/tenants/t/status'],
  [pathOf(tenants, { name: '../t?a' }), '/apis/x.io/v1/tenants/..%2Ft%3Fa'],
])('%s', (path, expected) => {
  expect(path).toBe(expected);
});

test('a key is the name, with its namespace where there is one', () => {
  expect([keyText({ name: 'a' }), keyText({ name: 'a', namespace: 'n' })]).toEqual(['a', 'n/a']);
});

test('a refusal keeps its reason, causes and waiting time, also when the body is no Status', () => {
  const body = { message: 'no', reason: 'Invalid', details: { causes: [{ field: 'spec.a', message: 'bad' }] } };
  expect(statusErrorFrom(422, JSON.stringify(body), '2')).toMatchObject({
    code: 422,
    reason: 'Invalid',
    message: 'no',
    causes: body.details.causes,
    retryAfterMs: 2_000,
  });
  expect(statusErrorFrom(502, '<html>', 'tomorrow')).toMatchObject({ reason: 'Unknown', retryAfterMs: undefined });
  expect(statusErrorFrom(429, 'null', '100000').retryAfterMs).toBe(120_000);
});

test.each([
  [404, 'NotFound', 'notFound'],
  [409, 'Conflict', 'conflict'],
  [409, 'AlreadyExists', ''],
  [410, 'Expired', 'expired'],
  [500, 'Gone', 'expired'],
  [422, 'Invalid', 'invalid'],
])('%i %s', (code, reason, expected) => {
  const error = new StatusError({ code, reason, message: '' });
  const is = { notFound: isNotFound, conflict: isConflict, expired: isExpired, invalid: isInvalid };
  expect(
    Object.entries(is)
      .filter(([, check]) => check(error))
      .map(([name]) => name)
      .join(),
  ).toBe(expected);
  expect(isNotFound(new Error('404'))).toBe(false);
});
