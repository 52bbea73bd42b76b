import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '@legendops/kit/testing/eventually';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startPlatform, type Platform } from '../../local/platform.ts';
import { silentProgress } from '../../local/progress.ts';
import { exampleProviders } from '../../seed/example-providers.ts';
import { visitPortal, type PortalVisitor } from '../../seed/portal-visitor.ts';
import { seedOnce } from '../../seed/seed.ts';

const program = 'services/billing/src/main.ts';
const [provider] = exampleProviders as [(typeof exampleProviders)[number]];
const kills = 3;

let directory: string;
let platform: Platform;
let admin: PortalVisitor;
beforeAll(async () => {
  const root = join(import.meta.dirname, '../../..');
  directory = await mkdtemp(join(tmpdir(), 'legendops-killed-'));
  platform = await startPlatform({ root, directory, usualPorts: false, progress: silentProgress });
  await seedOnce(platform, silentProgress, new AbortController().signal);
  admin = await visitPortal(platform.endpoints.gateway, { email: provider.admin.email });
});
afterAll(async () => {
  await platform.stop();
  await rm(directory, { recursive: true, force: true });
});

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const textOf = (path: string): Promise<string> => readFile(path, 'utf8').catch(() => '');

/** The process of the billing service of this platform: another one may run beside it. */
const billingProcess = async (): Promise<number | undefined> => {
  for (const pid of await readdir('/proc')) {
    if (!/^\d+$/.test(pid) || !(await textOf(`/proc/${pid}/cmdline`)).includes(program)) continue;
    if ((await textOf(`/proc/${pid}/environ`)).includes(directory)) return Number(pid);
  }
  return undefined;
};

interface Listed {
  id: string;
  status: string;
  contentHash: string;
  docNumber: string | null;
}
const invoices = async (): Promise<Listed[]> => {
  try {
    return (await admin.get<{ data: Listed[] }>('billing/v1/invoices?limit=200')).data;
  } catch {
    // The service is being started again.
    return [];
  }
};
const inQuickBooks = async (): Promise<{ DocNumber: string }[]> => {
  const url = `${platform.endpoints.quickbooks}/_control/companies/${provider.quickBooksRealm}/invoices`;
  return (await (await fetch(url)).json()) as { DocNumber: string }[];
};

it('every invoice is in QuickBooks once, though kill -9 ends the service in the middle of its posting', async () => {
  const drafts = (await invoices()).filter(({ status }) => status === 'draft');
  const before = (await inQuickBooks()).length;
  expect(drafts.length).toBeGreaterThan(kills);
  platform.vendors.quickbooks.faults.add([{ match: { method: 'POST', path: '/invoice' }, fault: { delayMs: 400 } }]);
  for (const { id, contentHash } of drafts) await admin.post(`billing/v1/invoices/${id}/approval`, { contentHash });
  for (const { id } of drafts) await admin.post(`billing/v1/invoices/${id}/posting`);
  say(`${drafts.length} invoices are approved, and asked to be posted; QuickBooks takes its time`);
  for (let kill = 1; kill <= kills; kill += 1) {
    const seen = await eventually(
      `QuickBooks has ${kill} of them`,
      async () => {
        const { length } = await inQuickBooks();
        return length >= before + kill && length;
      },
      { withinMs: 180_000, everyMs: 5 },
    );
    const pid = await eventually('the billing service runs', billingProcess);
    process.kill(pid, 'SIGKILL');
    say(`kill -9 ${pid}: QuickBooks has ${seen - before} of ${drafts.length}; the service is started again`);
    await eventually('another process runs', async () => {
      const now = await billingProcess();
      return now !== undefined && now !== pid;
    });
  }
  platform.vendors.quickbooks.faults.clear();
  const after = await eventually(
    'all of them are posted',
    async () => {
      const now = await invoices();
      const open = drafts.filter(({ id }) => now.find((one) => one.id === id)?.status !== 'posted');
      return open.length === 0 && now;
    },
    { withinMs: 300_000, everyMs: 500 },
  );
  const there = (await inQuickBooks()).map(({ DocNumber }) => DocNumber);
  say(
    `all ${drafts.length} are posted: ${there.length - before} more in QuickBooks, ${new Set(there).size} numbers of ${there.length}`,
  );
  expect(there).toHaveLength(before + drafts.length);
  expect(new Set(there).size).toBe(there.length);
  const numbers = drafts.map(({ id }) => after.find((one) => one.id === id)?.docNumber);
  expect(numbers.every((number) => number !== null && number !== undefined && there.includes(number))).toBe(true);
}, 600_000);
