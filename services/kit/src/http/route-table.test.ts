import { describe, expect, it } from 'vitest';
import { publicRoute } from './route.ts';
import { routeTable } from './route-table.ts';

const aRoute = (method: 'get' | 'post' | 'put' | 'patch' | 'delete', path: `/v1/${string}`) =>
  publicRoute({
    ...(method === 'get' ? { method } : { method, audit: { none: 'A sample changes nothing' } }),
    path,
    summary: path,
    responses: { 200: null },
    handler: () => ({ status: 200 }),
  });

const find = routeTable(
  '/api/test',
  [
    aRoute('get', '/v1/things'),
    aRoute('post', '/v1/things'),
    aRoute('get', '/v1/things/{thingId}'),
    aRoute('patch', '/v1/things/{thingId}'),
    aRoute('get', '/v1/things/latest'),
    aRoute('put', '/v1/links/one'),
    aRoute('delete', '/v1/links/{linkId}'),
    aRoute('get', '/v1/things/{thingId}/parts/{partId}'),
  ],
  (route) => `${route.method} ${route.path}`,
);

describe('a route is found', () => {
  it.each([
    ['GET', '/v1/things', 'get /v1/things', {}],
    ['HEAD', '/v1/things', 'get /v1/things', {}],
    ['POST', '/v1/things', 'post /v1/things', {}],
    ['PATCH', '/v1/things/7', 'patch /v1/things/{thingId}', { thingId: '7' }],
    ['GET', '/v1/things/a%20b%2Fc', 'get /v1/things/{thingId}', { thingId: 'a b/c' }],
    ['GET', '/v1/things/latest', 'get /v1/things/latest', {}],
    ['GET', '/v1/things/7/parts/8', 'get /v1/things/{thingId}/parts/{partId}', { thingId: '7', partId: '8' }],
    ['GET', '/v1/things/{thingId}', 'get /v1/things/{thingId}', { thingId: '{thingId}' }],
    ['PUT', '/v1/links/one', 'put /v1/links/one', {}],
    ['DELETE', '/v1/links/one', 'delete /v1/links/{linkId}', { linkId: 'one' }],
    ['GET', '/v1/things/__proto__', 'get /v1/things/{thingId}', { thingId: '__proto__' }],
  ])('%s %s', (method, path, served, params) => {
    expect(find(method, `/api/test${path}`)).toEqual({ served, params });
  });
});

describe('nothing is at', () => {
  it.each([
    '/api/test/v1/things/',
    '/api/test/v1/Things',
    '/api/test//v1/things',
    '/api/test/v1/things/%',
    '/api/test/v1/things/7/parts/',
    '/api/test/v1/{thingId}',
    '/v1/things',
    '/constructor',
    '',
  ])('%s', (path) => {
    expect(() => find('GET', path)).toThrow(expect.objectContaining({ code: 'route.not-found' }));
  });
});

it('names the methods of an address where another one was asked', () => {
  expect(() => find('DELETE', '/api/test/v1/things/7')).toThrow(
    expect.objectContaining({ code: 'route.method-not-allowed', headers: { allow: 'GET, PATCH' } }),
  );
  expect(() => find('PATCH', '/api/test/v1/links/one')).toThrow(
    expect.objectContaining({ code: 'route.method-not-allowed', headers: { allow: 'PUT, DELETE' } }),
  );
});
