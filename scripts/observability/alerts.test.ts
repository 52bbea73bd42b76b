import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { alerts } from './alerts/list.ts';
import { recordings } from './alerts/slo.ts';

const docs = join(import.meta.dirname, '../../docs');
const read = (name: string): string => readFileSync(join(docs, name), 'utf8');
const sectionsOf = (page: string): string[] =>
  [...read(`operations/runbooks/${page}.md`).matchAll(/^## (\S+)$/gm)].map(([, name = '']) => name);

describe('an alert', () => {
  it('has a name of its own', () => {
    expect(new Set(alerts.map(({ name }) => name)).size).toBe(alerts.length);
  });

  it.each(alerts.map(({ name, runbook, section = name }) => ({ name, runbook, section })))(
    '$name has a section in the runbook $runbook',
    ({ runbook, section }) => {
      expect(sectionsOf(runbook)).toContain(section);
    },
  );

  it('is there for every section of a runbook', () => {
    const sections = new Set(alerts.map(({ name, section = name }) => section));
    for (const page of new Set(alerts.map(({ runbook }) => runbook)))
      expect(sectionsOf(page).filter((name) => !sections.has(name))).toEqual([]);
  });

  it('asks for metrics of ours that exist, by labels that they have', () => {
    const reference = new Map(
      [...read('reference/metrics.md').matchAll(/^\| `(\S+)` \| \w+ \| (.*?) \|/gm)].map(
        ([, name = '', labels = '']) => [name, [...labels.matchAll(/`(\w+)`/g)].map(([, label]) => label)],
      ),
    );
    const ours =
      /\b(legendops_\w+|http_request_\w+|controller_\w+|workqueue_\w+|reflector_\w+|leader_election_\w+)(?:\{([^}]*)\})?/g;
    // Prometheus adds these, and those of buckets.
    const everywhere = ['job', 'instance', 'le'];
    const asked = [...alerts, ...recordings].flatMap(({ expression }) => [...expression.matchAll(ours)]);
    expect(asked.length).toBeGreaterThan(alerts.length);
    for (const [, name = '', matchers = ''] of asked) {
      const metric = reference.has(name) ? name : name.replace(/_(count|sum|bucket)$/, '');
      expect([metric, reference.has(metric)]).toEqual([metric, true]);
      const labels = [...matchers.matchAll(/(\w+)(?:=~|!~|!=|=)/g)].map(([, label = '']) => label);
      const unknown = labels.filter((label) => ![...everywhere, ...(reference.get(metric) ?? [])].includes(label));
      expect([metric, unknown]).toEqual([metric, []]);
    }
  });
});
