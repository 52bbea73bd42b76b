import { byDatabaseVariable, forEachDatabase } from '@legendops/kit/config/databases';
import { expect, it } from 'vitest';
import { tenantCommand } from './tenant.ts';

it('asks for the databases by their variables', async () => {
  const place = { environment: {}, now: () => new Date(), write: () => undefined };
  await expect(tenantCommand(['import', 'x'], place)).rejects.toThrow(
    `set ${Object.keys(byDatabaseVariable(() => '')).join(', ')}`,
  );
  expect(Object.keys(forEachDatabase(() => ''))).toHaveLength(4);
});
