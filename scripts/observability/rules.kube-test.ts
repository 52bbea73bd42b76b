import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { alerts } from './alerts/list.ts';
import { dashboards } from './dashboards/list.ts';
import { ruleTests, rulesText, silentRulesText } from './rules.ts';

const isThere = spawnSync('promtool', ['--version']).status === 0;
if (!isThere) process.stdout.write('promtool is not there (Debian: prometheus): rules are not tried\n');

describe.skipIf(!isThere)('the rules, by promtool', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rules-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const write = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const promtool = (...args: string[]): string => execFileSync('promtool', args, { encoding: 'utf8', cwd: folder });

  it('are rules', () => {
    expect(promtool('check', 'rules', write('all.yaml', rulesText))).toContain('SUCCESS');
  });

  it(`fire where they should and are silent where not: ${alerts.length} alerts`, () => {
    write('rules.yaml', silentRulesText);
    const files = ruleTests('rules.yaml').map((text, index) => write(`tests-${index}.yaml`, text));
    expect(promtool('test', 'rules', ...files).match(/SUCCESS/g)).toHaveLength(files.length);
  }, 300_000);

  it('are not alone in being PromQL: the queries of the dashboards are, too', () => {
    const queries = dashboards
      .flatMap(({ rows }) => Object.values(rows).flat())
      .flatMap(({ queries: asked }) => Object.values(asked));
    const rules = queries.map((query, index) => ({
      record: `q${index}`,
      expr: query.replaceAll('$__rate_interval', '5m'),
    }));
    const file = write('queries.yaml', JSON.stringify({ groups: [{ name: 'queries', rules }] }));
    expect(promtool('check', 'rules', '--lint=none', file)).toContain(`${queries.length} rules found`);
    const broken = write(
      'broken.yaml',
      JSON.stringify({ groups: [{ name: 'a', rules: [{ record: 'a', expr: 'sum(' }] }] }),
    );
    expect(() => promtool('check', 'rules', broken)).toThrow(/FAILED/);
  });

  it('are seen to fail where one of them does not fire', () => {
    const dead = alerts.slice(-1).map((alert) => ({ ...alert, fires: { ...alert.silent, labels: {} } }));
    const [test = ''] = ruleTests('rules.yaml', dead);
    expect(() => promtool('test', 'rules', write('dead.yaml', test))).toThrow(/FAILED/);
  });
});
