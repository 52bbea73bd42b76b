import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { told } from '../rounds.ts';
import { customers, type BillingWorld } from './billing-world.ts';
import type { Probe, Probed } from './memory-probe.ts';
import { linesEach } from './usage-reading.ts';

const run = promisify(execFile);
const probe = join(import.meta.dirname, 'memory-probe.ts');

/** Ten times as many lines may take so much more. */
const mostGrowth = 1.25;
const thingsEach = 20;
const [fewDays, manyDays] = [3, 30] as const;
const [fewSummaries, manySummaries] = [100, 1_000] as const;

// With room to spare a heap grows by what nobody uses: a job has a small one, as in its pod (operators/tenant/src/phases/billing.ts).
const heapOf: Record<Probe['what'], string[]> = {
  preview: ['--max-semi-space-size=4', '--max-old-space-size=128'],
  ingest: ['--max-old-space-size=96'],
};

const peakOf = async (asked: Probe): Promise<number> => {
  const { stdout } = await run(process.execPath, [...heapOf[asked.what], probe, JSON.stringify(asked)]);
  return (JSON.parse(stdout) as Probed).peakMiB;
};

/** A line a day and thing; the things are the same however many days there are. */
const usageOfDays = ({ server, scope }: BillingWorld, days: number): Promise<unknown> =>
  server.administrator.query(`
    truncate billing.pax8_usage_lines, billing.pax8_usage_reads;
    insert into billing.pax8_usage_lines (tenant_id, summary_id, subscription_id, company_id, usage_date, product_id, product_name,
      unit_of_measure, quantity_e6, partner_total_e8, current_charges_e8, currency, is_trial)
    select '${scope.tenantId}', md5('summary' || c.id || s)::uuid, md5('subscription' || c.id || s)::uuid, c.id,
      '2026-01-01'::date + d, md5('product' || s)::uuid, 'Compute ' || s, 'Hour', 1000000, 100000000, 120000000, 'USD', false
    from billing.pax8_companies c, generate_series(1, ${thingsEach}) s, generate_series(0, ${days - 1}) d;
    analyze billing.pax8_usage_lines`);

const compared = (title: string, { few, many }: Record<'few' | 'many', [lines: number, peakMiB: number]>): boolean => {
  const growth = many[1] / few[1];
  const isFlat = growth <= mostGrowth;
  process.stdout.write(
    `billing: memory of ${title}: ${Math.round(few[1])} MiB with ${few[0]} usage lines, ${Math.round(many[1])} MiB with ${many[0]}, ratio ${growth.toFixed(2)}, target ${mostGrowth} ${told(isFlat)}\n`,
  );
  return isFlat;
};

/** The most that a process of its own has held, with few lines and with ten times as many. */
export const benchMemory = async (world: BillingWorld): Promise<boolean> => {
  const { url, scope, server } = world;
  const peak = (what: Probe['what'], summaries = 0) => peakOf({ what, url, tenantId: scope.tenantId, summaries });
  const previewed = async (days: number): Promise<[number, number]> => {
    await usageOfDays(world, days);
    return [customers * thingsEach * days, await peak('preview')];
  };
  const ingested = async (summaries: number): Promise<[number, number]> => {
    await server.administrator.query('truncate billing.pax8_usage_lines, billing.pax8_usage_reads');
    return [summaries * linesEach, await peak('ingest', summaries)];
  };
  const isPreviewFlat = compared('a preview', { few: await previewed(fewDays), many: await previewed(manyDays) });
  const isIngestFlat = compared('an ingest', {
    few: await ingested(fewSummaries),
    many: await ingested(manySummaries),
  });
  return isPreviewFlat && isIngestFlat;
};
