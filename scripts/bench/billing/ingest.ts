import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inLanes } from '@legendops/kit/jobs/in-lanes';
import { replaceUsage, type UsageReading } from '../../../services/billing/src/pax8/usage-store.ts';
import { compare, told } from '../rounds.ts';
import type { BillingWorld } from './billing-world.ts';
import { linesEach, usageReading } from './usage-reading.ts';

const summaries = 100;
const lines = summaries * linesEach;
const leastPerSecond = 20_000;

/** The rows as COPY reads them, in the file's order of columns. */
const asCsv = (tenantId: string, readings: readonly UsageReading[]): string =>
  readings
    .flatMap(({ summaryId, subscriptionId, companyId, lines: rows }) =>
      rows.map((row) => [tenantId, summaryId, subscriptionId, companyId, ...Object.values(row)].join(',')),
    )
    .join('\n');

/** A month's usage written as a sync does, days replaced and kept with their time, against bare COPY of the same rows. */
export const benchIngest = async ({ server, database, scope }: BillingWorld): Promise<boolean> => {
  const readings = Array.from({ length: summaries }, (_, summary) => usageReading(summary));
  const file = join(server.directory, 'usage.csv');
  await writeFile(file, asCsv(scope.tenantId, readings));
  let best = 0;
  const measured = async (work: () => Promise<unknown>): Promise<number> => {
    await server.administrator.query('truncate billing.pax8_usage_lines, billing.pax8_usage_reads');
    const began = performance.now();
    await work();
    return (lines / (performance.now() - began)) * 1000;
  };
  const ours = async (): Promise<number> => {
    const rate = await measured(() =>
      inLanes(readings, 2, async (reading) => {
        await database.write(scope, (transaction) => replaceUsage(transaction, scope, reading));
      }),
    );
    best = Math.max(best, rate);
    return rate;
  };
  const columns = `tenant_id, summary_id, subscription_id, company_id, ${Object.keys(readings[0]?.lines[0] ?? {}).join(', ')}`;
  const isNear = await compare({
    title: `billing: ${lines} usage lines a second, against COPY`,
    ours,
    floor: () =>
      measured(() =>
        server.administrator.query(`copy billing.pax8_usage_lines (${columns}) from '${file}' with (format csv)`),
      ),
    target: 0.4,
  });
  const isFast = best >= leastPerSecond;
  process.stdout.write(`  at best ${Math.round(best)} lines a second, target ${leastPerSecond} ${told(isFast)}\n`);
  return isNear && isFast;
};
