import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { clusterLease } from '@legendops/tenant-operator/api/tenant';
import { alerts } from './alerts/list.ts';
import { recordings } from './alerts/slo.ts';
import { askedOf, unknownIn } from './testing/unknown-metrics.ts';

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
    const expressions = [...alerts, ...recordings].map(({ expression }) => expression);
    expect(expressions.flatMap(askedOf).length).toBeGreaterThan(alerts.length);
    expect(expressions.flatMap(unknownIn)).toEqual([]);
    expect(unknownIn('sum(legendops_none) + http_request_duration_seconds_count{color="red"}')).toEqual([
      'legendops_none',
      'http_request_duration_seconds{color}',
    ]);
  });
});

describe('a runbook', () => {
  const pages = readdirSync(join(docs, 'operations/runbooks'));
  const commands = pages.flatMap((page) =>
    [...read(`operations/runbooks/${page}`).matchAll(/`([^`]+)`/g)].map(([, command = '']) => command),
  );

  it('asks a log for levels by the words that our processes write', () => {
    const levels = commands.flatMap((command) =>
      [...command.matchAll(/"level":([^\s'`]+)/g)].map(([, level]) => level),
    );
    expect(levels.length).toBeGreaterThan(0);
    expect(levels.filter((level) => level !== '"error"' && level !== '"warn"')).toEqual([]);
  });

  it('asks for metrics of ours that exist, by labels that they have', () => {
    expect(commands.flatMap(askedOf).length).toBeGreaterThan(5);
    expect(commands.flatMap(unknownIn)).toEqual([]);
  });

  it('looks for the lease of the operator where it stands', () => {
    const leases = commands.filter((command) => /\bget leases?\b/.test(command));
    expect(leases).toEqual([`kubectl -n ${clusterLease.namespace} get lease ${clusterLease.name}`]);
  });
});
