import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inLanes } from '@legendops/kit/jobs/in-lanes';
import type { UsageMirror } from '../../../services/billing/src/pax8/mirror-values.ts';
import { replaceUsage } from '../../../services/billing/src/pax8/usage-store.ts';
import { compare } from '../rounds.ts';
import type { BillingWorld } from './billing-world.ts';

const summaries = 100;
const productsEach = 32;
const days = 31;
const lines = summaries * productsEach * days;
const leastPerSecond = 20_000;

const hex = (n: number): string => n.toString(16).padStart(12, '0');
const id = (kind: number, n: number): string => `0190e000-000${kind}-7000-8000-${hex(n)}`;

const usageOf = (summary: number): UsageMirror[] =>
  Array.from({ length: productsEach * days }, (_, n) => ({
    usage_date: `2026-01-${String(1 + Math.floor(n / productsEach)).padStart(2, '0')}`,
    product_id: id(1, n % productsEach),
    product_name: `Compute ${n % productsEach}`,
    resource_group: `group-${summary}`,
    unit_of_measure: 'Hour',
    quantity_e6: ((n + 1) * 1_000_003).toString(),
    partner_total_e8: ((n + 1) * 86_456_000).toString(),
    current_charges_e8: ((n + 1) * 99_424_400).toString(),
    currency: 'USD',
    is_trial: false,
  }));

/** The rows as COPY reads them, in the file's order of columns. */
const asCsv = (tenantId: string, readings: readonly (readonly UsageMirror[])[]): string =>
  readings
    .flatMap((rows, summary) =>
      rows.map((row) => [tenantId, id(2, summary), id(3, summary), id(4, summary), ...Object.values(row)].join(',')),
    )
    .join('\n');

/** A month's usage written as a sync does, days replaced and kept with their time, against bare COPY of the same rows. */
export const benchIngest = async ({ server, database, scope }: BillingWorld): Promise<boolean> => {
  const readings = Array.from({ length: summaries }, (_, summary) => usageOf(summary));
  const file = join(server.directory, 'usage.csv');
  await writeFile(file, asCsv(scope.tenantId, readings));
  const window = { from: '2026-01-01', to: '2026-01-31' };
  let best = 0;
  const measured = async (work: () => Promise<unknown>): Promise<number> => {
    await server.administrator.query('truncate billing.pax8_usage_lines, billing.pax8_usage_reads');
    const began = performance.now();
    await work();
    return (lines / (performance.now() - began)) * 1000;
  };
  const ours = async (): Promise<number> => {
    const rate = await measured(() =>
      inLanes([...readings.keys()], 2, async (summary) => {
        await database.write(scope, (transaction) =>
          replaceUsage(transaction, scope, {
            summaryId: id(2, summary),
            subscriptionId: id(3, summary),
            companyId: id(4, summary),
            window,
            lines: readings[summary] ?? [],
            isComplete: true,
            readAt: new Date(),
          }),
        );
      }),
    );
    best = Math.max(best, rate);
    return rate;
  };
  const columns = `tenant_id, summary_id, subscription_id, company_id, ${Object.keys(usageOf(0)[0] ?? {}).join(', ')}`;
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
  process.stdout.write(
    `  at best ${Math.round(best)} lines a second, target ${leastPerSecond} ${isFast ? 'met' : 'MISSED'}\n`,
  );
  return isNear && isFast;
};
