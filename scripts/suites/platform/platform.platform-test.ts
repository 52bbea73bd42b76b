import { execFile } from 'node:child_process';
import { createServer } from 'node:net';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { stringify } from 'yaml';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ExampleProvider } from '../../seed/example-providers.ts';
import { fourthProvider as fourth } from '../../seed/fourth-provider.ts';
import { invitationLink } from '../../seed/invitation-link.ts';
import { prepareVendors, provideForJobs } from '../../seed/provide.ts';
import { visitPortal, type PortalVisitor } from '../../seed/portal-visitor.ts';
import { tenantManifest, withoutHourlyJobs } from '../../seed/tenant-resource.ts';
import { kubectlCommand } from '../../kubernetes/testing/cluster.ts';
import { reachablePorts } from './listening-sockets.ts';
import { startPlatform, type Platform } from '../../local/platform.ts';
import { silentProgress } from '../../local/progress.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../../..');
const kubectl = kubectlCommand();
let directory: string;
let platform: Platform;

const start = (): Promise<Platform> => startPlatform({ root, directory, usualPorts: false, progress: silentProgress });
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'legendops-platform-'));
  platform = await start();
});
afterAll(async () => {
  await platform.stop();
  await rm(directory, { recursive: true, force: true });
});

const query = async <Row extends object>(
  database: keyof Platform['endpoints']['postgres'],
  text: string,
): Promise<Row[]> => {
  const client = new pg.Client({ connectionString: platform.endpoints.postgres[database] });
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
};
const k = async (...parameters: string[]): Promise<string> => {
  const [command = '', ...first] = kubectl ?? [];
  const { stdout } = await run(command, [...first, '--kubeconfig', platform.endpoints.kubeconfig, ...parameters]);
  return stdout.trim();
};
const apply = async (provider: ExampleProvider, more: object = {}): Promise<string> => {
  const manifest = tenantManifest(provider);
  const file = join(directory, `${provider.name}.yaml`);
  await writeFile(file, stringify({ ...manifest, spec: { ...withoutHourlyJobs(manifest.spec), ...more } }));
  return k('apply', '-f', file);
};
const ready = (name: string): Promise<string> => k('wait', '--for=condition=Ready', `tenant/${name}`, '--timeout=30s');
const namespace = ['-n', 'tenant-fourth-coffee'];
const runTwice = async (cronJob: string): Promise<void> => {
  for (const name of [`${cronJob}-1`, `${cronJob}-2`]) {
    await k(...namespace, 'create', 'job', name, `--from=cronjob/${cronJob}`);
    await k(...namespace, 'wait', '--for=condition=Complete', `job/${name}`, '--timeout=90s');
  }
};

describe.skipIf(!kubectl)('a platform engineer with kubectl (none on this machine: skipped)', () => {
  let admin: PortalVisitor;

  it('applies a Tenant and sees it become Ready, with everything that belongs to it', async () => {
    await prepareVendors(platform, fourth);
    expect(await apply(fourth)).toBe('tenant.platform.legendops.io/fourth-coffee created');
    expect(await ready('fourth-coffee')).toContain('condition met');
    const id = await k('get', 'tenant', 'fourth-coffee', '-o', 'jsonpath={.status.tenantId}');
    const hex = id.replaceAll('-', '');
    for (const database of ['auth_db', 'billing_db', 'portal_db', 'catalog_db'] as const)
      expect(await query(database, `select name, state from app.tenants where id = '${id}'`)).toEqual([
        { name: 'fourth-coffee', state: 'active' },
      ]);
    const logins = await query<{ rolname: string; rolcanlogin: boolean }>(
      'billing_db',
      `select rolname, rolcanlogin from pg_roles where rolname like 't\\_${hex}%' order by 1`,
    );
    expect(logins).toEqual([
      { rolname: `t_${hex}_a`, rolcanlogin: true },
      { rolname: `t_${hex}_b`, rolcanlogin: false },
    ]);
    expect(platform.vendors.vault.secrets.live(`tenant-${hex}-database`).versions.at(-1)?.tags).toMatchObject({
      state: 'current',
      slot: 'a',
    });
    const cronJobs = await k(...namespace, 'get', 'cronjobs', '-o', 'name');
    expect(cronJobs.split('\n')).toEqual([
      'cronjob.batch/invoice-run',
      'cronjob.batch/psa-sync',
      'cronjob.batch/reconcile',
      'cronjob.batch/usage-sync',
    ]);
    expect(await k(...namespace, 'get', 'networkpolicy,resourcequota,limitrange', '-o', 'name')).toContain(
      'networkpolicy',
    );
    expect(await k('get', 'tenants')).toMatch(
      /NAME +DISPLAY NAME +STATE +READY +REASON +JOBS +INTEGRATIONS +AGE\nfourth-coffee +Fourth Coffee IT +Active +True/,
    );
  });

  it('applies it again, and nothing changes', async () => {
    const before = await k('get', 'tenant', 'fourth-coffee', '-o', 'jsonpath={.metadata.resourceVersion}');
    expect(await apply(fourth)).toContain('unchanged');
    expect(await k('get', 'tenant', 'fourth-coffee', '-o', 'jsonpath={.metadata.resourceVersion}')).toBe(before);
  });

  it('runs both jobs twice: one invoice a customer, no usage twice', async () => {
    const { gateway, mailbox } = platform.endpoints;
    const { email } = fourth.admin;
    admin = await visitPortal(gateway, { email, invitation: await invitationLink(mailbox, email) });
    await provideForJobs(admin, fourth);
    await runTwice('usage-sync');
    await runTwice('invoice-run');
    const { data } = await admin.get<{ data: { customerName: string; status: string }[] }>(
      'billing/v1/invoices?limit=200',
    );
    expect(data.map(({ customerName }) => customerName).sort()).toEqual(
      fourth.customers.map(({ name }) => name).sort(),
    );
    expect(
      await query(
        'billing_db',
        'select usage_date from billing.pax8_usage_lines where superseded_at is null group by tenant_id, summary_id, usage_date having count(*) > 1',
      ),
    ).toEqual([]);
    expect(await k(...namespace, 'logs', 'job/invoice-run-2')).toContain('0 new, 0 changed, 6 as before');
  });

  it('approves and posts every invoice, each once in QuickBooks', async () => {
    const { data } = await admin.get<{ data: { id: string; contentHash: string }[] }>('billing/v1/invoices?limit=200');
    for (const { id, contentHash } of data) {
      await admin.post(`billing/v1/invoices/${id}/approval`, { contentHash });
      await admin.post(`billing/v1/invoices/${id}/posting`);
    }
    await vi.waitFor(
      async () => {
        const after = await admin.get<{ data: { status: string }[] }>('billing/v1/invoices?limit=200');
        expect(new Set(after.data.map(({ status }) => status))).toEqual(new Set(['posted']));
      },
      { timeout: 30_000, interval: 200 },
    );
    const url = `${platform.endpoints.quickbooks}/_control/companies/${fourth.quickBooksRealm}/invoices`;
    const invoicesInQuickBooks = (await (await fetch(url)).json()) as { DocNumber: string }[];
    expect(new Set(invoicesInQuickBooks.map(({ DocNumber }) => DocNumber)).size).toBe(6);
    expect(invoicesInQuickBooks).toHaveLength(6);
    await runTwice('reconcile');
    expect(await k(...namespace, 'logs', 'job/reconcile-2')).toContain('compared 6, differences 0');
  });

  it('reads SuperOps as the tenant’s own login, and the second time nothing is new', async () => {
    await runTwice('psa-sync');
    expect(await k(...namespace, 'logs', 'job/psa-sync-1')).toMatch(/done: client [1-9]/);
    expect(await k(...namespace, 'logs', 'job/psa-sync-2')).toContain('done: client 0, site 0, contact 0');
  });

  it('suspends it: jobs refuse with their own exit code, the portal refuses, nothing is removed', async () => {
    await apply(fourth, { state: 'Suspended' });
    await vi.waitFor(
      async () =>
        expect(await query('billing_db', "select state from app.tenants where name = 'fourth-coffee'")).toEqual([
          { state: 'suspended' },
        ]),
      { timeout: 20_000 },
    );
    await k(...namespace, 'create', 'job', 'suspended-1', '--from=cronjob/usage-sync');
    await k(...namespace, 'wait', '--for=condition=Failed', 'job/suspended-1', '--timeout=60s');
    const exitCode = 'jsonpath={.items[0].status.containerStatuses[0].state.terminated.exitCode}';
    expect(await k(...namespace, 'get', 'pods', '-l', 'job-name=suspended-1', '-o', exitCode)).toBe('3');
    await vi.waitFor(async () => expect(admin.get('portal/v1/customers')).rejects.toThrow('tenant.suspended'), {
      timeout: 10_000,
    });
    await apply(fourth);
    await vi.waitFor(
      async () => expect((await admin.get<{ data: unknown[] }>('portal/v1/customers')).data).toHaveLength(6),
      { timeout: 20_000 },
    );
  });

  it('is told which field of a malformed Tenant is wrong', async () => {
    const bad: [object, string][] = [
      [{ displayName: '' }, 'spec.displayName'],
      [{ billing: { currency: 'usd', timeZone: 'UTC' } }, 'spec.billing.currency'],
      [{ directories: ['northwind.example'] }, 'spec.directories'],
      [{ limits: { customers: 0 } }, 'spec.limits.customers'],
      [{ state: 'Paused' }, 'spec.state'],
      [{ surprise: true }, 'spec.surprise'],
    ];
    for (const [spec, field] of bad) await expect(apply({ ...fourth, name: 'bad' }, spec)).rejects.toThrow(field);
    await apply(
      { ...fourth, name: 'odd', directory: '55555555-5555-4555-8555-555555555555' },
      { billing: { currency: 'USD', timeZone: 'Mars/Olympus' } },
    );
    await vi.waitFor(
      async () =>
        expect(
          await k('get', 'tenant', 'odd', '-o', 'jsonpath={.status.conditions[?(@.type=="BillingReady")].message}'),
        ).toContain('spec.billing.timeZone'),
      { timeout: 20_000 },
    );
    await k('delete', 'tenant', 'odd', '--timeout=60s');
  });

  it('deletes it as its policy says: with Delete no row, login, secret or namespace is left', async () => {
    const id = await k('get', 'tenant', 'fourth-coffee', '-o', 'jsonpath={.status.tenantId}');
    const hex = id.replaceAll('-', '');
    await apply(fourth, { deletionPolicy: 'Delete' });
    await k('delete', 'tenant', 'fourth-coffee', '--timeout=90s');
    await vi.waitFor(async () => expect(k('get', 'namespace', 'tenant-fourth-coffee')).rejects.toThrow('not found'), {
      timeout: 30_000,
    });
    for (const database of ['auth_db', 'billing_db', 'portal_db', 'catalog_db'] as const)
      expect(await query(database, `select 1 from app.tenants where id = '${id}'`)).toEqual([]);
    expect(await query('billing_db', `select 1 from billing.invoices where tenant_id = '${id}'`)).toEqual([]);
    expect(await query('billing_db', `select 1 from pg_roles where rolname like 't\\_${hex}%'`)).toEqual([]);
    expect(
      platform.vendors.vault.secrets
        .all()
        .map(({ name }) => name)
        .filter((name) => name.includes(hex)),
    ).toEqual([]);
  });
});

it.runIf(process.platform === 'linux')('nobody but this machine reaches a port of it', () => {
  expect(reachablePorts()).toEqual([]);
});

describe('the platform', () => {
  it('keeps its state over a restart, also when the usual ports are taken', async () => {
    const { vault } = platform.vendors;
    const before = vault.secrets.all().length;
    await query(
      'portal_db',
      "select app.register_tenant(app.uuid_v7(), 'kept', 'Kept', 'active', '{}', '{}', gen_random_uuid(), null)",
    );
    await platform.stop();
    // By us or by whoever was first.
    const taken = createServer().once('error', () => undefined);
    taken.listen(8_080, '127.0.0.1');
    platform = await start();
    taken.close();
    expect(await query('portal_db', "select display_name from app.tenants where name = 'kept'")).toEqual([
      { display_name: 'Kept' },
    ]);
    expect(platform.vendors.vault.secrets.all()).toHaveLength(before);
    expect((await fetch(platform.endpoints.gateway)).status).toBe(200);
  });

  it('shows the portal for every path of it, and no file outside of it', async () => {
    const { gateway } = platform.endpoints;
    for (const path of ['/', '/invoices/7', '/../../../etc/passwd', '/..%2f..%2f..%2fetc%2fpasswd'])
      expect(await (await fetch(gateway + path)).text()).toContain('<title>LegendOps</title>');
    expect((await fetch(`${gateway}/assets/nothing.js`)).status).toBe(404);
    expect((await fetch(`${gateway}/api/nothing/v1`)).status).toBe(404);
    const { headers } = await fetch(gateway);
    expect(headers.get('content-security-policy')).toContain("default-src 'self'");
  });
});
