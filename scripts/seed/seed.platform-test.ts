import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startPlatform, type Platform } from '../local/platform.ts';
import { silentProgress } from '../local/progress.ts';
import { seedOnce } from './seed.ts';

let directory: string;
let platform: Platform;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'legendops-seed-'));
  platform = await startPlatform({
    root: join(import.meta.dirname, '../..'),
    directory,
    usualPorts: false,
    progress: silentProgress,
  });
});
afterAll(async () => {
  await platform.stop();
  await rm(directory, { recursive: true, force: true });
});

const count = async (database: keyof Platform['endpoints']['postgres'], tables: readonly string[]) => {
  const client = new pg.Client({ connectionString: platform.endpoints.postgres[database] });
  await client.connect();
  const counted: Record<string, number> = {};
  for (const table of tables)
    counted[table] = (await client.query<{ n: number }>(`select count(*)::int as n from ${table}`)).rows[0]?.n ?? 0;
  await client.end();
  return counted;
};
const everything = async () => ({
  ...(await count('auth_db', ['auth.members', 'auth.invitations'])),
  ...(await count('portal_db', ['portal.customers'])),
  ...(await count('billing_db', ['billing.price_rules', 'billing.invoices', 'billing.postings'])),
});
const seed = (): Promise<unknown> => seedOnce(platform, silentProgress, new AbortController().signal);

// Whatever an interrupted first start has made, the next one finds; the most that there can be is everything.
it('a seed that begins anew finds what an interrupted one has made, and completes it', async () => {
  await seed();
  const created = await everything();
  expect(created['billing.invoices']).toBeGreaterThan(3);
  await rm(platform.state.file('seeded.json'));
  await seed();
  expect(await everything()).toEqual(created);
});

it('leaves the vendors ready for the provider of docs/examples/tenant.yaml', async () => {
  await seed();
  const response = await fetch(`${platform.endpoints.pax8}/v1/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      client_id: 'litware-partner',
      client_secret: 'local',
      audience: 'https://api.pax8.com',
      grant_type: 'client_credentials',
    }),
  });
  expect(response.status).toBe(200);
  expect(await (await fetch(platform.endpoints.quickbooks)).text()).toContain('Litware Managed IT Books');
});
