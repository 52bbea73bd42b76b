import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { administrator, invoicesPath, provider } from './first-invoice.ts';
import { chartFolder, platformNamespace, type Platform } from './platform.ts';
import type { Seen } from './summary.ts';

const nextVersion = '0.1.999';

/** The same chart as a later release of it. */
const laterChart = async (folder: string): Promise<string> => {
  const chart = join(folder, 'legendops');
  await cp(chartFolder, chart, { recursive: true });
  const path = join(chart, 'Chart.yaml');
  const text = await readFile(path, 'utf8');
  await writeFile(path, text.replace(/^version: .*$/m, `version: ${nextVersion}`));
  return chart;
};

const installedVersion = async ({ machine }: Platform): Promise<string> => {
  const listed = await machine.helm(['list', '-n', platformNamespace, '-o', 'json']);
  return (
    (JSON.parse(listed) as { name: string; chart: string }[]).find(({ name }) => name === 'legendops')?.chart ?? ''
  );
};

/** What the tenant's people have, as the portal shows it. */
const dataOf = async (platform: Platform): Promise<string> => {
  const admin = await administrator(platform);
  const [invoices, customers] = await Promise.all([
    admin.get(invoicesPath),
    admin.get('portal/v1/customers?limit=200'),
  ]);
  return JSON.stringify([invoices, customers]);
};

/** To a later release, with every pod replaced, and back by `helm rollback`: all data are there each time. */
export const upgradeAndRollBack = async (platform: Platform): Promise<Seen> => {
  const { machine } = platform;
  const folder = await mkdtemp(join(tmpdir(), 'legendops-chart-'));
  const steps: string[] = [];
  const before = { data: await dataOf(platform), version: await installedVersion(platform) };
  const see = async (version: string): Promise<void> => {
    const installed = await installedVersion(platform);
    if (installed !== version) throw new Error(`${installed} is installed and not ${version}`);
    if ((await dataOf(platform)) !== before.data) throw new Error(`data are not the same after ${version}`);
    await machine.kubectl(['wait', '--for=condition=Ready', `tenant/${provider.name}`, '--timeout=60s']);
    steps.push(installed);
  };
  try {
    const later = await laterChart(folder);
    await platform.upgrade(['--set', 'configurationRevision=upgraded'], later);
    await see(`legendops-${nextVersion}`);
    await machine.helm(['rollback', 'legendops', '-n', platformNamespace, '--wait', '--timeout', '10m']);
    await see(before.version);
  } finally {
    await rm(folder, { recursive: true });
  }
  return { count: steps.length, of: `changes of release: ${steps.join(', back to ')}, data in place` };
};
