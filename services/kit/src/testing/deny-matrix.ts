import { describe, expect, it } from 'vitest';
import { allows, roles } from '../contract/permissions.ts';
import type { Route } from '../http/route.ts';
import type { TestApi } from './test-api.ts';

const someId = '0190f000-0000-7000-8000-00000000000f';
const customerId = '0190f000-0000-7000-8000-0000000000cc';

const pathOf = (prefix: string, route: Route): string => prefix + route.path.replaceAll(/\{\w+\}/g, someId);

/**
 * Every route × every role, from the one table of rights: without a token 401, without the right 403, with it anything
 * else; and every route with a permission refuses an internal caller's token. Registers tests; call it in a describe.
 */
export const denyMatrix = (
  prefix: string,
  routes: readonly Route[],
  context: () => { api: TestApi; tenantId: string },
): void => {
  const guarded = routes.flatMap((route) =>
    route.access.kind === 'permission' ? [{ route, permission: route.access.permission }] : [],
  );
  const call = (route: Route, more: Parameters<TestApi['call']>[2]) =>
    context().api.call(route.method.toUpperCase(), pathOf(prefix, route), {
      ...more,
      ...(route.body && { body: {} }),
    });

  const cases = guarded.map((one, index) => ({ ...one, index }));
  describe.each(cases)('$route.method $route.path', ({ route, permission, index }) => {
    it('needs a token of its own kind', async () => {
      // Where the API stands behind a proxy each comes from an address of its own: one that is refused too often is shut out.
      const headers = { 'x-forwarded-for': `198.51.100.${index % 250}` };
      expect((await call(route, { headers })).status).toBe(401);
      const { tokens } = context().api;
      const service = await tokens.serviceToken({
        namespace: 'legendops',
        serviceAccount: 'portal',
        audience: 'legendops',
      });
      expect((await call(route, { token: service, headers })).status).toBe(401);
    });

    it.each(roles)(`answers a %s by the table (${permission})`, async (role) => {
      const { tenantId } = context();
      const { status } = await call(route, { actor: { tenantId, role, ...(role === 'guest' && { customerId }) } });
      if (allows(role, permission)) expect([401, 403]).not.toContain(status);
      else expect(status).toBe(403);
      expect(status).toBeLessThan(500);
    });
  });
};
