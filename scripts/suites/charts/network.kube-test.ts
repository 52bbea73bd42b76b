import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { toolsFolder } from '../../kubernetes/testing/control-plane.ts';
import { chart, everythingElse, manifestsOf, ofKind, render, type Manifest } from './rendered.ts';

interface Row {
  from: string;
  to: string;
  port?: 'public' | 'internal' | 'management';
  /** What the values have to ask for, or the row is not there. */
  when?: string;
}
interface Peer {
  podSelector?: { matchLabels: Record<string, string> };
  namespaceSelector?: object;
}
interface Rule {
  from?: Peer[];
  to?: Peer[];
  ports: { port: number }[];
}

const ports = { public: 8080, internal: 8081, management: 8082 };
const parts = ['auth', 'billing', 'catalog', 'portal', 'frontend', 'tenant-operator', 'migrations', 'helm-test'];
const table = parse(readFileSync(join(chart, 'files/who-talks-to-whom.yaml'), 'utf8')) as Row[];

describe.skipIf(toolsFolder === undefined)('the network policies (needs LEGENDOPS_TOOLS)', () => {
  let policies: Map<string, { ingress: Rule[]; egress: Rule[] }>;
  beforeAll(async () => {
    const found = ofKind(manifestsOf(await render('prod')), 'NetworkPolicy');
    policies = new Map(
      found.map(({ metadata, spec }: Manifest) => [
        metadata.name,
        {
          ingress: (spec?.['ingress'] as Rule[] | null | undefined) ?? [],
          egress: (spec?.['egress'] as Rule[] | null | undefined) ?? [],
        },
      ]),
    );
  });
  const namesPart = (peers: Peer[] | undefined, part: string): boolean =>
    (peers ?? []).some(({ podSelector }) => podSelector?.matchLabels['app.kubernetes.io/name'] === part);
  const allows = (from: string, to: string, port: number): { out: boolean; into: boolean } => ({
    out: (policies.get(from)?.egress ?? []).some(
      (rule) => namesPart(rule.to, to) && rule.ports.some((one) => one.port === port),
    ),
    into: (policies.get(to)?.ingress ?? []).some(
      (rule) => namesPart(rule.from, from) && rule.ports.some((one) => one.port === port),
    ),
  });

  it('allow between our parts what the table says in both halves, and nothing else, for every pair and port', () => {
    const different: string[] = [];
    const pairs = parts.flatMap((from) =>
      parts.flatMap((to) => Object.entries(ports).map(([name, port]) => ({ from, to, name, port }))),
    );
    for (const { from, to, name, port } of pairs) {
      const wanted = table.some((row) => row.from === from && row.to === to && row.port === name);
      const { out, into } = allows(from, to, port);
      if (out !== wanted || into !== wanted) different.push(`${from} to ${to} at ${name}: out ${out}, in ${into}`);
    }
    expect(different).toEqual([]);
    expect(pairs).toHaveLength(192);
  });

  it('have a rule of every row, and name nobody that the chart does not know', () => {
    const outside = [
      'gateway',
      'monitoring',
      'tenants',
      'database',
      'kubernetes',
      'billingVault',
      'operatorVault',
      'portalVault',
      'signIn',
      'blob',
      'mail',
      'vendors',
      'traces',
      'settings',
    ];
    for (const { from, to } of table) for (const name of [from, to]) expect([...parts, ...outside]).toContain(name);
    const counts = parts.map((part) => {
      const { ingress, egress } = policies.get(part) ?? { ingress: [], egress: [] };
      return { part, ingress: ingress.length, egress: egress.length };
    });
    expect(counts).toEqual(
      parts.map((part) => ({
        part,
        ingress: table.filter(({ to }) => to === part).length,
        // And one for names, which the portal's files need none of.
        egress:
          table.filter(({ from, when }) => from === part && when === undefined).length + (part === 'frontend' ? 0 : 1),
      })),
    );
  });

  it('lead to a collector of traces, and to Azure for its sign-in, where the values name one', async () => {
    const found = ofKind(manifestsOf(await render('prod', ...everythingElse)), 'NetworkPolicy');
    const reached = found.filter(({ spec }) =>
      ((spec?.['egress'] as Rule[] | null | undefined) ?? []).some(({ ports: at }) => at[0]?.port === 4318),
    );
    const tracing = ['auth', 'billing', 'catalog', 'portal', 'tenant-operator'];
    expect(reached.map(({ metadata }) => metadata.name).toSorted()).toEqual(tracing);
    const inCluster = ofKind(
      manifestsOf(await render('prod', '--set', 'traces.url=http://c:4318/v1/traces')),
      'NetworkPolicy',
    );
    const catalog = inCluster.find(({ metadata }) => metadata.name === 'catalog');
    const egress = (catalog?.spec?.['egress'] as Rule[] | undefined) ?? [];
    expect(egress.find(({ ports: at }) => at[0]?.port === 4318)?.to).toEqual([
      { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } } },
    ]);
  });
});
