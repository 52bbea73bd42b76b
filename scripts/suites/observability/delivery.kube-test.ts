import pg from 'pg';
import { eventually } from '@legendops/kit/testing/eventually';
import { namespaces } from '@legendops/tenant-operator/owned/resources';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dashboards } from '../../observability/dashboards/list.ts';
import { toolsFolder } from '../../kubernetes/testing/control-plane.ts';
import { exampleProviders } from '../../seed/example-providers.ts';
import { fourthProvider } from '../../seed/fourth-provider.ts';
import { PortalRefusal, visitPortal, type PortalVisitor } from '../../seed/portal-visitor.ts';
import { applyTenant } from '../../seed/tenant-resource.ts';
import { startMonitoredPlatform, type MonitoredPlatform } from './monitored-platform.ts';
import { missingPrograms } from './programs.ts';

const missing = missingPrograms();
if (missing.length > 0)
  process.stdout.write(`not there (Debian: ${missing.join(', ')}): the delivery of alerts is not tried\n`);
const isPossible = toolsFolder !== undefined && missing.length === 0;

// What a machine without a cluster, without Azure and without a collector cannot tell.
const notHere = {
  'Azure Monitor': /\bazure_/,
  'App Configuration': /\blegendops_settings_/,
  'spans of traces': /\blegendops_trace_/,
  'the nodes of a cluster': /\bnode_/,
  'kube-state-metrics': /\bkube_/,
};

const unlessLimited = (error: unknown): void => {
  if (!(error instanceof PortalRefusal) || error.code !== 'request.rate-limited') throw error;
};

describe.skipIf(!isPossible)('the platform, watched by real programs (needs LEGENDOPS_TOOLS)', () => {
  let world: MonitoredPlatform;
  let person: PortalVisitor;
  beforeAll(async () => {
    world = await startMonitoredPlatform();
    const [{ admin }] = exampleProviders as [(typeof exampleProviders)[number]];
    person = await visitPortal(world.platform.endpoints.gateway, { email: admin.email });
  });
  afterAll(() => world.close());

  const has = async (promql: string): Promise<boolean> => (await world.prometheus.query(promql)).length > 0;

  it('is scraped, every process and every public address, from outside by TLS', async () => {
    const answering = 'up{job=~"auth|billing|catalog|portal|tenant-operator"} == 1';
    await eventually(
      'Prometheus reaches five processes',
      async () => (await world.prometheus.query(answering)).length === 5,
    );
    const probed = 'probe_success{product="legendops"} == 1';
    const addresses = await eventually('six addresses answer as they should', async () => {
      const found = await world.prometheus.query(probed);
      return found.length === 6 && found.map(({ metric }) => metric['instance'] ?? '').sort();
    });
    expect(addresses).toEqual(
      ['/', '/api/auth/openapi.json', '/api/auth/v1/keys']
        .concat(['billing', 'catalog', 'portal'].map((name) => `/api/${name}/openapi.json`))
        .map((path) => `${world.publicUrl}${path}`),
    );
  });

  it('tells a webhook, Slack and a mailbox of a service whose database lets it in no more', async () => {
    const client = new pg.Client({ connectionString: world.platform.endpoints.postgres.catalog_db });
    await client.connect();
    await client.query('alter role svc_catalog nologin');
    await client.query("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'svc_catalog'");
    const told = 'ErrorBudgetBurnsFast';
    const { slack, webhook } = world.receivers;
    const letters = () => world.platform.vendors.mailbox.messages().filter(({ subject }) => subject.includes(told));
    try {
      await eventually('the alert is told to all three', async () => {
        await person.get('catalog/v1/products').catch(() => undefined);
        const ofOurs = slack.some(({ attachments }) => attachments.some(({ title }) => title.includes(told)));
        return ofOurs && webhook.some(({ alerts }) => alerts[0]?.labels['alertname'] === told) && letters().length > 0;
      });
    } finally {
      await client.query('alter role svc_catalog login');
      await client.end();
    }
    const message = slack.find(({ attachments }) => attachments[0]?.title.includes(told));
    expect(message).toMatchObject({
      channel: '#alerts',
      attachments: [
        {
          title: `[FIRING] critical: ${told}`,
          text: expect.stringMatching(/^catalog: 99\.9 % of requests .*\n<.+\/services\.md#errorbudget\|What to do>/),
        },
      ],
    });
    const call = webhook.find(({ alerts }) => alerts[0]?.labels['alertname'] === told);
    expect(call?.authorization).toBe('Bearer a-token');
    expect(call?.alerts[0]?.labels).toMatchObject({ product: 'legendops', severity: 'critical', job: 'catalog' });
    expect(letters()[0]).toMatchObject({
      recipients: ['team@legendops.example'],
      from: 'alerts@legendops.example',
      text: expect.stringContaining('What to do: '),
    });
  });

  it('answers every question of every dashboard but those about what is not here', async () => {
    const { gateway } = world.platform.endpoints;
    const { client } = world.platform.cluster;
    // A namespace that somebody else made is never taken: its tenant is not ready.
    await client.create(namespaces, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'tenant-taken' } });
    await applyTenant(client, { ...fourthProvider, name: 'taken' });
    const stranger = (path: string, token = 'no-token') =>
      fetch(`${gateway}/api/${path}`, { headers: { authorization: `Bearer ${token}` } }).then(async (answer) => {
        await answer.body?.cancel();
        return answer.status;
      });
    const questions = dashboards.flatMap(({ uid, rows }) =>
      Object.values(rows)
        .flat()
        .flatMap(({ title, queries }) =>
          Object.values(queries).map((query) => ({
            panel: `${uid}: ${title}`,
            query: query.replaceAll('$__rate_interval', '1m'),
          })),
        ),
    );
    const reasonOf = (query: string) => Object.entries(notHere).find(([, metric]) => metric.test(query))?.[0];
    const ours = questions.filter(({ query }) => reasonOf(query) === undefined);
    let silent = ours;
    await eventually(
      () =>
        `every question is answered; without an answer: ${silent.map(({ panel, query }) => `${panel}: ${query}`).join('\n')}`,
      async () => {
        // Somebody reads, somebody tries tokens, until each has met a limit.
        await person.get('portal/v1/customers').catch(unlessLimited);
        await stranger('portal/v1/customers');
        const answered = await Promise.all(silent.map(({ query }) => has(query)));
        silent = silent.filter((_, index) => answered[index] !== true);
        return silent.length === 0;
      },
      { withinMs: 240_000, everyMs: 20 },
    );
    const count = (reason: string) => questions.filter(({ query }) => reasonOf(query) === reason).length;
    const unasked = Object.keys(notHere).map((reason) => `${count(reason)} about ${reason}`);
    process.stdout.write(`${ours.length} questions of dashboards answered; not asked: ${unasked.join(', ')}\n`);
    expect(ours.length).toBeGreaterThan(40);
  }, 300_000);
});
