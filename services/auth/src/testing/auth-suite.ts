import { afterAll, beforeAll, beforeEach } from 'vitest';
import { authWorld, publicUrl, type AuthWorld } from './auth-world.ts';

export const ada = 'ada@northwind.example';
export const eve = 'eve@northwind.example';
export const carl = 'carl@contoso.example';
/** Where somebody lands who was let in, and who was refused. */
export const portal = `${publicUrl}/`;
export const refused = (code: string): string => `${portal}?problem=${code}`;

/** One world for the tests of a file, in which each of them finds nobody and nothing. Filled before the first of them. */
export const authSuite = () => {
  const world = {} as AuthWorld;
  beforeAll(async () => {
    Object.assign(world, await authWorld());
  });
  afterAll(() => world.close());
  beforeEach(() => world.begin());
  const run = (text: string, values: unknown[] = []) => world.database.administrator.query(text, values);
  const directories = (ids: string[], tenantId = world.tenantId) =>
    run('select app.set_directories($1, $2)', [tenantId, ids]);
  return { world, run, directories };
};
