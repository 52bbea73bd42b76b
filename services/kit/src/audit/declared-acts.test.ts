import { expect, it } from 'vitest';
import { actsOf, noContent, publicRoute, route } from '../http/route.ts';
import type { ActingScope } from './audit.ts';

const described = { path: '/v1/things', summary: 'Things', responses: { 204: null } } as const;
const remove = async (_scope: ActingScope<'product.removed'>) => noContent();

// The compiler is what is tested: an error that no longer comes fails `npm run check`.
it('a route that writes declares its acts, or why it has none', () => {
  // @ts-expect-error It says nothing of its acts.
  publicRoute({ ...described, method: 'post', handler: noContent });
  // @ts-expect-error A list of no acts is not a reason.
  publicRoute({ ...described, method: 'post', audit: [], handler: noContent });
  // @ts-expect-error There is no such act.
  publicRoute({ ...described, method: 'post', audit: ['thing.done'], handler: noContent });
  const silent = publicRoute({ ...described, method: 'post', audit: { none: 'A sample' }, handler: noContent });
  const reads = publicRoute({ ...described, method: 'get', handler: noContent });
  expect([actsOf(silent), actsOf(reads)]).toEqual([[], []]);
});

it('a service that asks for an act is called by a route that declares it, and by no other', () => {
  const permission = 'product.write';
  route({
    ...described,
    permission,
    method: 'post',
    audit: ['product.created'],
    // @ts-expect-error It declares another act than the service does.
    handler: ({ scope }) => remove(scope),
  });
  // @ts-expect-error It reads, and declares none.
  route({ ...described, permission, method: 'get', handler: ({ scope }) => remove(scope) });
  const one = route({
    ...described,
    permission,
    method: 'delete',
    audit: ['product.removed', 'product.changed'],
    handler: ({ scope }) => remove(scope),
  });
  expect(actsOf(one)).toEqual(['product.removed', 'product.changed']);
});
