import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addMonths, localDate, monthOf } from '@legendops/billing/rating/period';
import { eventually } from '@legendops/kit/testing/eventually';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Row } from '../../doubles/superops/account.ts';
import { startPlatform, type Platform } from '../../local/platform.ts';
import { silentProgress } from '../../local/progress.ts';
import { exampleProviders, type ExampleProvider } from '../../seed/example-providers.ts';
import { visitPortal, type PortalVisitor } from '../../seed/portal-visitor.ts';
import { runJob } from '../../seed/run-job.ts';
import { seedOnce } from '../../seed/seed.ts';

// A month of the three example providers: from seats at Pax8 into contracts in SuperOps, and from there on to QuickBooks.

let directory: string;
let platform: Platform;
beforeAll(async () => {
  const root = join(import.meta.dirname, '../../..');
  directory = await mkdtemp(join(tmpdir(), 'legendops-seats-'));
  platform = await startPlatform({ root, directory, usualPorts: false, progress: silentProgress });
  await seedOnce(platform, silentProgress, new AbortController().signal);
});
afterAll(async () => {
  await platform.stop();
  await rm(directory, { recursive: true, force: true });
});

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const textOf = (path: string): Promise<string> => readFile(path, 'utf8').catch(() => '');
const pace = { withinMs: 300_000, everyMs: 50 };

/** The process of the portal service of this platform: another one may run beside it. */
const portalProcess = async (): Promise<number | undefined> => {
  for (const pid of await readdir('/proc')) {
    if (!/^\d+$/.test(pid) || !(await textOf(`/proc/${pid}/cmdline`)).includes('services/portal/src/main.ts')) continue;
    if ((await textOf(`/proc/${pid}/environ`)).includes(directory)) return Number(pid);
  }
  return undefined;
};

interface Change {
  effectiveDate: string;
  quantity: string;
}
interface Billable {
  quantityCalculationType: string;
  changes: Change[];
}
/** What each contract of a provider has had, by client and product. */
const contractsOf = ({ name }: ExampleProvider): Map<string, Billable> =>
  new Map(
    platform.vendors.superops.account(name)?.contracts.map((contract) => {
      const { name: product, billableContract } = contract.contract as Row;
      return [`${String((contract.client as Row).name)}: ${String(product)}`, billableContract as Billable];
    }),
  );
const changesOf = (provider: ExampleProvider): number =>
  [...contractsOf(provider).values()].reduce((sum, { changes }) => sum + changes.length, 0);

/** A person says who is who and what is what, as it is suggested. */
const confirmLinks = async (admin: PortalVisitor): Promise<void> => {
  interface Suggested {
    data: { clientId: string; productId: string; suggestions: { customerId: string; itemId: string }[] }[];
  }
  for (const { clientId, suggestions } of (await admin.get<Suggested>('portal/v1/client-links')).data)
    await admin.put(`portal/v1/client-links/${clientId}`, { customerId: suggestions[0]?.customerId });
  for (const { productId, suggestions } of (await admin.get<Suggested>('portal/v1/seat-items')).data)
    await admin.put(`portal/v1/seat-items/${productId}`, { itemId: suggestions[0]?.itemId });
};

interface Push {
  id: string;
  contentHash: string;
  state: string;
  lines: { waiting: number; sent: number; there: number; refused: number; held: number };
  data: { reason: string | null }[];
}

const approvedPush = async (admin: PortalVisitor, period: string): Promise<Push> => {
  const { id, contentHash } = await admin.post<Push>('portal/v1/seat-pushes', { period });
  return admin.post<Push>(`portal/v1/seat-pushes/${id}/approval`, { contentHash });
};

/** Sends until nothing waits, whenever the service ends in the middle of it. */
const sendAll = async (admin: PortalVisitor, { id }: Push): Promise<Push> =>
  eventually(
    'everything is sent',
    async () => {
      // Whoever holds a write is dead: the time after which another may begin has come.
      const client = new pg.Client({ connectionString: platform.endpoints.postgres.portal_db });
      await client.connect();
      await client.query('update portal.superops_writes set held_until = now()');
      await client.end();
      const push = await admin.post<Push>(`portal/v1/seat-pushes/${id}/sending`).catch(() => undefined);
      return push?.state === 'done' && push;
    },
    pace,
  );

const killOnce = async (admin: PortalVisitor, provider: ExampleProvider, { id }: Push): Promise<void> => {
  const before = changesOf(provider);
  platform.vendors.superops.faults.add([{ match: { path: '/msp' }, fault: { delayMs: 100 } }]);
  const sending = admin.post(`portal/v1/seat-pushes/${id}/sending`).catch(() => undefined);
  await eventually('SuperOps has one of them', async () => changesOf(provider) > before, { ...pace, everyMs: 2 });
  const pid = await eventually('the portal service runs', portalProcess);
  process.kill(pid, 'SIGKILL');
  say(`kill -9 ${pid}: SuperOps has ${changesOf(provider) - before} of the changes of ${provider.displayName}`);
  await sending;
  platform.vendors.superops.faults.clear();
  await eventually('another process runs', async () => ((await portalProcess()) ?? pid) !== pid, pace);
};

interface Listed {
  id: string;
  customerName: string;
  status: string;
  contentHash: string;
}
const invoicesOf = async (admin: PortalVisitor): Promise<Listed[]> =>
  (await admin.get<{ data: Listed[] }>('billing/v1/invoices?limit=200')).data;

const inQuickBooks = async ({
  quickBooksRealm,
}: ExampleProvider): Promise<{ DocNumber: string; CustomerRef: { value: string } }[]> => {
  const url = `${platform.endpoints.quickbooks}/_control/companies/${quickBooksRealm}/invoices`;
  return (await (await fetch(url)).json()) as { DocNumber: string; CustomerRef: { value: string } }[];
};

it('every contract has what Pax8 has by one change, and no customer has two invoices of the month', async () => {
  for (const provider of exampleProviders) {
    const admin = await visitPortal(platform.endpoints.gateway, { email: provider.admin.email });
    const period = addMonths(monthOf(localDate(new Date(), provider.timeZone)).start, -1);
    await confirmLinks(admin);
    const [first] = provider.customers;
    const last = Object.keys(first?.seats ?? {}).at(-1);
    const push = await approvedPush(admin, period);
    expect(push.data.flatMap(({ reason }) => reason ?? [])).toEqual(['SuperOps counts this contract by itself']);
    if (provider === exampleProviders[0]) await killOnce(admin, provider, push);
    const { lines } = await sendAll(admin, push);
    expect(lines).toMatchObject({ waiting: 0, refused: 0, held: 1 });
    const contracts = contractsOf(provider);
    for (const { name, seats } of provider.customers)
      for (const [index, [product, quantity]] of Object.entries(seats).entries()) {
        const { changes, quantityCalculationType } = contracts.get(`${name}: ${product}`) ?? { changes: [] };
        const isCountedThere = name === first?.name && product === last;
        expect(quantityCalculationType).toBe(isCountedThere ? 'DYNAMIC' : 'FIXED');
        expect(changes).toHaveLength(index === 0 ? 2 : 1);
        if (index === 0) expect(changes.at(-1)).toMatchObject({ effectiveDate: period, quantity: String(quantity) });
      }
    expect((await admin.post<Push>('portal/v1/seat-pushes', { period })).lines.waiting).toBe(0);

    for (const { id, status, contentHash } of await invoicesOf(admin)) {
      if (status !== 'draft') continue;
      await admin.post(`billing/v1/invoices/${id}/approval`, { contentHash });
      await admin.post(`billing/v1/invoices/${id}/posting`);
    }
    const settled = await eventually(
      'all of them are posted',
      async () => {
        const now = await invoicesOf(admin);
        return now.every(({ status }) => status === 'posted') && now;
      },
      pace,
    );
    const there = await inQuickBooks(provider);
    expect(there).toHaveLength(settled.length);
    expect(new Set(there.map(({ CustomerRef }) => CustomerRef.value)).size).toBe(provider.customers.length);
    say(`${provider.displayName}: ${lines.sent} changes, ${there.length} invoices in QuickBooks`);
  }
}, 600_000);

it('and the one that both have invoiced is told by the nightly reconciliation', async () => {
  const [provider] = exampleProviders as [ExampleProvider];
  await runJob(platform.cluster.client, { tenant: provider.name, cronJob: 'reconcile', name: 'second-biller' });
  const admin = await visitPortal(platform.endpoints.gateway, { email: provider.admin.email });
  const { data } = await admin.get<{ data: { code: string; customerName: string; detail: string }[] }>(
    'billing/v1/exceptions?code=invoice.superops-later',
  );
  expect(data).toMatchObject([{ customerName: 'Fabrikam Robotics', detail: expect.stringContaining('over 1480.50') }]);
}, 300_000);
