import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parser } from '@grafana/lezer-logql';
import { describe, expect, it } from 'vitest';
import { desiredCronJob } from '@legendops/tenant-operator/phases/billing';
import { aTenant } from '@legendops/tenant-operator/testing/a-tenant';
import { dashboards } from '../dashboards/list.ts';
import { lineFields, streamLabels } from './pipeline.ts';
import { redactions } from './redactions.ts';

// Alloy itself is no package of npm or Debian: what its file says is read back here, and done by the same expressions.
const file = readFileSync(
  join(import.meta.dirname, '../../../charts/legendops-observability/files/alloy/logs.alloy'),
  'utf8',
);
const expressions = [...file.matchAll(/expression = (".*")\n/g)].map(([, quoted = '']) => JSON.parse(quoted) as string);

/** As stage.replace does it: what the group of each match holds is replaced, the rest stays. */
const replaceGroups = (line: string, expression: string): string =>
  line.replaceAll(new RegExp(expression, 'g'), (match: string, group: string) => {
    const at = match.lastIndexOf(group);
    return `${match.slice(0, at)}[redacted]${match.slice(at + group.length)}`;
  });
const kept = (line: string): string => expressions.reduce(replaceGroups, line);

const secret = 'Tr0ub4dor.and-3~more';
const webToken = 'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJl';
const lines: Record<string, string> = {
  'a header': `authorization: Bearer ${secret}`,
  'a header of a command': `curl -H 'Authorization: basic ${secret}' https://x.example`,
  'a web token alone': `token ${webToken} is not of ours`,
  'a URL of a database': `connect postgres://svc_billing:${secret}@db.example:5432/billing_db failed`,
  'a URL without a login': `redis://:${secret}@cache.example/0`,
  'a signed address': `GET https://x.blob.example/c/b?sv=2026&sig=${secret}&se=1`,
  'a code of a callback': `GET /api/auth/v1/callback?code=${secret}&state=s`,
  'a field': JSON.stringify({ level: 'info', password: secret }),
  'a field with a space and a quote': JSON.stringify({ client_secret: `two ${secret}" words` }),
  'a field within a text': JSON.stringify({ msg: `answer was ${JSON.stringify({ refresh_token: secret })}` }),
  'a field within a text within a text': JSON.stringify({
    m: JSON.stringify({ b: JSON.stringify({ apiKey: secret }) }),
  }),
  'a form': `grant_type=client_credentials&client_secret=${secret}&scope=x`,
  'a session': `cookie: a=b; __Host-legendops=${secret}; c=d`,
  'a key': JSON.stringify({ msg: `-----BEGIN EC PRIVATE KEY-----\n${secret}\n-----END EC PRIVATE KEY-----` }),
  'a verifier': `alter role t_1_a password 'SCRAM-SHA-256$4096:${secret}'`,
  'a webhook': `POST https://hooks.slack.com/services/T0/B0/${secret.replaceAll(/[.~]/g, '')} 500`,
};

describe('the log pipeline', () => {
  it('has every redaction in its file, each with one group', () => {
    expect(expressions).toEqual(redactions.map(({ expression }) => expression));
    const groups = (expression: string) => new RegExp(`${expression}|`).exec('')?.length;
    expect(expressions.filter((expression) => groups(expression) !== 2)).toEqual([]);
  });

  it.each(Object.entries(lines))('keeps no secret of %s', (_, line) => {
    expect(kept(line)).not.toMatch(/Tr0ub4dor|c2lnbmF0dXJl/);
    expect(kept(line)).toContain('[redacted]');
  });

  it('needs every one of its redactions', () => {
    const without = (expression: string) => expressions.filter((one) => one !== expression);
    const leaks = redactions.map(({ expression }) =>
      Object.values(lines).some((line) =>
        /Tr0ub4dor|c2lnbmF0dXJl/.test(without(expression).reduce(replaceGroups, line)),
      ),
    );
    expect(redactions.filter((_, index) => leaks[index] !== true)).toEqual([]);
  });

  it('leaves a line what it was where there is none, and JSON where there was one', () => {
    const harmless = JSON.stringify({
      level: 'error',
      service: 'billing',
      tenantId: '0190a1f0-0000-7000-8000-000000000001',
      err: { type: 'Error', message: 'Token expired', stack: 'Error: Token expired\n    at x (file:///app/a.ts:1:2)' },
      url: 'https://portal.example/api/billing/v1/invoices?limit=200&after=abc',
      code: 'secret.missing',
    });
    expect(kept(harmless)).toBe(harmless);
    for (const line of Object.values(lines).filter((one) => one.startsWith('{')))
      expect(() => JSON.parse(kept(line)) as object).not.toThrow();
  });

  it('makes no stream of a tenant, a pod or a request', () => {
    expect(Object.keys(lineFields).filter((field) => (streamLabels as readonly string[]).includes(field))).toEqual([]);
    const made = [...file.matchAll(/target_label {2}= "(\w+)"/g)].map(([, name = '']) => name);
    expect(new Set([...made, 'level'])).toEqual(new Set([...streamLabels, 'tenant', 'pod']));
  });
});

describe('the questions that dashboards ask of logs', () => {
  const faults = (query: string): string[] => {
    const found: string[] = [];
    parser.parse(query).iterate({
      enter: ({ type, from, to }) => {
        if (type.isError) found.push(`${from}: ${query.slice(from, to + 10)}`);
      },
    });
    return found;
  };
  const labelsOf = (query: string): string[] =>
    [...(/^\{(.*?)\}/.exec(query)?.[1] ?? '').matchAll(/(\w+)(?:=~|!=|!~|=)/g)].map(([, name = '']) => name);
  const asked = dashboards.flatMap(({ uid, logs }) => (logs ?? []).map(({ query }) => ({ uid, query })));

  it('are seen to be wrong where they are', () => {
    expect(faults('{namespace="legendops"')).not.toEqual([]);
    expect(faults('{namespace="legendops"} |= ')).not.toEqual([]);
    expect(asked.length).toBeGreaterThan(3);
  });

  it('are about pods by the label that they have', () => {
    const namedBy = (path: string) => readFileSync(join(import.meta.dirname, '../../..', path), 'utf8');
    expect(file).toContain('__meta_kubernetes_pod_label_app_kubernetes_io_name');
    expect(namedBy('charts/legendops/templates/_names.tpl')).toContain('app.kubernetes.io/name: {{ .name }}');
    const job = desiredCronJob(aTenant(), {
      tenantId: '01980000-0000-7000-8000-000000000001',
      job: 'usageSync',
      config: {
        jobImages: { billing: 'x', portal: 'x' },
        internalUrls: { billing: 'http://x', portal: 'http://x' },
        acceptNewerSchema: false,
      },
    });
    expect(job.spec['jobTemplate']).toMatchObject({
      spec: { template: { metadata: { labels: { 'app.kubernetes.io/name': 'usage-sync' } } } },
    });
  });

  it.each(asked)('$uid: $query', ({ query }) => {
    expect(faults(query)).toEqual([]);
    expect(labelsOf(query).length).toBeGreaterThan(0);
    expect(labelsOf(query).filter((name) => !(streamLabels as readonly string[]).includes(name))).toEqual([]);
  });
});
