import { describe, expect, it } from 'vitest';
import { takesTags, withDiagnostics, withoutDiagnostics } from './coverage.ts';
import { environments, snapshotOf, type Environment, type Resource } from './resource.ts';
import type { Rule } from './rule.ts';
import { coveredByBroadExceptions, exceptions, findingsAgainst, rules } from './rules.ts';

const wherever = (environment: Environment, rule: Rule): { all: Resource[]; applied: Resource[] } => {
  const all = snapshotOf(environment);
  return { all, applied: all.filter((resource) => rule.applies(resource)) };
};

const broken = (environment: Environment, rule: Rule): Resource[] => {
  const { all, applied } = wherever(environment, rule);
  return applied.filter((resource) => !rule.holds(resource, all));
};

describe.each(environments)('the resources of %s', (environment) => {
  const all = snapshotOf(environment);

  it('are some hundred, each id once', () => {
    expect(all.length).toBeGreaterThan(200);
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  });

  it('hold no secret and ask for none', () => {
    expect(JSON.stringify(all)).not.toMatch(/listKeys|listCredentials|AccountKey|ConnectionString|SharedAccessKey/i);
  });

  it('are each known to have diagnostics or none', () => {
    const unknown = all
      .filter(takesTags)
      .filter(({ type }) => !withDiagnostics.has(type) && !withoutDiagnostics.has(type));
    expect(unknown.map(({ type }) => type)).toEqual([]);
  });

  it.each(rules)('$id: $says', (rule) => {
    expect(wherever(environment, rule).applied).not.toHaveLength(0);
    expect(findingsAgainst(environment, all).filter((finding) => finding.startsWith(`${rule.id}: `))).toEqual([]);
  });
});

describe('each rule', () => {
  it.each(rules)('$id fails on a template with a small mistake', (rule) => {
    for (const environment of environments) {
      const { all } = wherever(environment, rule);
      const subject = all.find((resource) => rule.applies(resource) && rule.holds(resource, all));
      if (subject === undefined) continue;
      rule.breaks(subject, all);
      expect(rule.holds(subject, all)).toBe(false);
      return;
    }
    // Excepted everywhere: that it fails is seen without a mistake.
    expect(broken('prod', rule)).not.toHaveLength(0);
  });

  it('has a name of its own', () => {
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
  });
});

describe('each exception', () => {
  const cases = exceptions.flatMap((exception) => exception.in.map((environment) => ({ environment, ...exception })));

  it.each(cases)('of $rule in $environment is still needed', ({ rule: id, environment, of }) => {
    const rule = rules.find((one) => one.id === id);
    if (rule === undefined) throw new Error(`There is no rule ${id}`);
    const covered = broken(environment, rule).filter(({ name }) => of.test(name));
    expect(covered.length).toBeGreaterThan(0);
    const most = coveredByBroadExceptions[id];
    if (most !== undefined) expect(covered).toHaveLength(most);
  });
});
