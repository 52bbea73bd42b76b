import { createPool, type DatabasePool } from '@legendops/kit/db/pool';
import { sql } from '@legendops/kit/db/sql';
import { serviceDatabase } from '@legendops/kit/db/tenant-database';
import { pipelinedRead } from '@legendops/kit/db/transaction';
import { benchDatabase } from './bench-database.ts';
import { compare } from './rounds.ts';
import { delayProxy } from './delay-proxy.ts';

const atOnce = 16;
const measureMs = 2_000;

/** How often the work is done a second by 16 callers at once. */
const rate = async (work: () => Promise<unknown>): Promise<number> => {
  let done = 0;
  const began = performance.now();
  const until = began + measureMs;
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (performance.now() < until) {
        await work();
        done += 1;
      }
    }),
  );
  return (done / (performance.now() - began)) * 1000;
};

const listIn = (table: 'portal' | 'public', tenantId: string) =>
  table === 'portal'
    ? sql`select id, name, pax8_company_id, state, version, created_at, updated_at from portal.customers
        order by created_at desc, id desc limit 21`
    : sql`select id, name, pax8_company_id, state, version, created_at, updated_at from public.customers
        where tenant_id = ${tenantId} order by created_at desc, id desc limit 21`;

/** A tenant's read transaction against begin, the same statement, commit, without policies, roles and settings. */
export const benchTransaction = async (): Promise<boolean> => {
  const database = await benchDatabase();
  const proxy = await delayProxy(Number(new URL(database.serviceUrl).port), 1);
  const pools: DatabasePool[] = [];
  const pool = (url: string, port?: number): DatabasePool => {
    const address = new URL(url);
    if (port !== undefined) address.port = String(port);
    const created = createPool({ connectionString: address.href, max: atOnce });
    pools.push(created);
    return created;
  };
  let turn = 0;
  const next = (): string => database.tenantIds[(turn += 1) % database.tenantIds.length] ?? '';
  let met = true;
  try {
    for (const [where, port] of [
      ['on loopback', undefined],
      ['behind 1 ms each way', proxy.port],
    ] as const) {
      const ours = serviceDatabase(pool(database.serviceUrl, port));
      const plain = pool(database.administratorUrl, port);
      met =
        (await compare({
          title: `transaction: list of 20, ${where}, 16 at once`,
          ours: () =>
            rate(() => {
              const tenantId = next();
              return ours.read({ tenantId }, listIn('portal', tenantId));
            }),
          floor: () => rate(() => pipelinedRead(plain, undefined, [listIn('public', next())])),
          target: 0.9,
        })) && met;
    }
  } finally {
    await Promise.all(pools.map((one) => one.end()));
    await proxy.close();
    await database.stop();
  }
  return met;
};
