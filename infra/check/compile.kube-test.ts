import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at, environments, infra, resourcesOf, snapshotOf } from '../rules/resource.ts';
import { findingsAgainst } from '../rules/rules.ts';
import { bicep, compileParameters } from './compiler.ts';
import { parameterFindings, type Parameters } from './parameter-findings.ts';
import { snapshotArguments } from './snapshot.ts';

interface Template {
  outputs?: Record<string, unknown>;
  parameters?: Record<string, { type?: string; defaultValue?: unknown }>;
  resources: Record<string, TemplateResource> | TemplateResource[];
}

interface TemplateResource {
  type: string;
  apiVersion: string;
  existing?: boolean;
  properties?: { template?: Template };
}

/** Every template of the compiled one, modules within modules. */
const templatesOf = (template: Template): Template[] => [
  template,
  ...Object.values(template.resources).flatMap(({ properties }) =>
    properties?.template ? templatesOf(properties.template) : [],
  ),
];

// A run of the compiler takes seconds, and minutes where the machine has much else to do.
const patience = { timeout: 600_000 };

// Values of this machine's environment must not reach a snapshot.
const bare = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('LEGENDOPS_')));

describe.skipIf(process.env.LEGENDOPS_TOOLS === undefined)('infra (needs LEGENDOPS_TOOLS)', patience, () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'legendops-bicep-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  /** What the compiler says of the parameters of dev with these edits. */
  const withEdits = async (...edits: [from: string, to: string][]) => {
    let text = await readFile(join(infra, 'environments/dev.bicepparam'), 'utf8');
    for (const [from, to] of edits) {
      expect(text).toContain(from);
      text = text.replace(from, to);
    }
    const path = join(folder, 'edited.bicepparam');
    await writeFile(path, text.replace("'../main.bicep'", `'${relative(folder, join(infra, 'main.bicep'))}'`));
    return compileParameters(path, bare);
  };

  it('compiles and lints without a word', async () => {
    const built = await bicep(['build', join(infra, 'main.bicep'), '--stdout'], bare);
    expect({ exitCode: built.exitCode, said: built.stderr }).toEqual({ exitCode: 0, said: '' });
    const linted = await bicep(['lint', join(infra, 'main.bicep')], bare);
    expect({ exitCode: linted.exitCode, said: linted.stdout + linted.stderr }).toEqual({ exitCode: 0, said: '' });

    const templates = templatesOf(JSON.parse(built.stdout) as Template);
    const created = templates
      .flatMap(({ resources }) => Object.values(resources))
      .filter(({ existing, type }) => existing !== true && type !== 'Microsoft.Resources/deployments');
    expect(created.length).toBeGreaterThan(100);

    // A resource that no environment has would be one that no rule has looked at.
    const seen = new Set(
      environments.flatMap((name) => snapshotOf(name).map(({ type, apiVersion }) => `${type}@${apiVersion}`)),
    );
    const neverMade = created.map(({ type, apiVersion }) => `${type}@${apiVersion}`).filter((one) => !seen.has(one));
    expect(neverMade).toEqual(['Microsoft.Network/ddosProtectionPlans@2026-03-01']);

    const outputs = JSON.stringify(templates.map(({ outputs: given }) => given ?? {}));
    expect(outputs).not.toMatch(/listKeys|listCredentials|connectionString|password|sharedKey|securestring/i);
    // The one secret that goes in is made by the deployment itself.
    const secrets = (JSON.parse(built.stdout) as Template).parameters ?? {};
    expect(
      Object.entries(secrets).filter(([, { type }]) => type === 'securestring' || type === 'secureObject'),
    ).toEqual([['administratorPassword', { type: 'securestring', defaultValue: '[newGuid()]' }]]);
  });

  it.each(environments)('gives %s what its committed snapshot says', async (name) => {
    const { exitCode, stdout, stderr } = await bicep(snapshotArguments(name, 'Validate'), bare);
    expect({ exitCode, said: stdout + stderr }).toEqual({ exitCode: 0, said: '' });
    expect(snapshotOf(name).length).toBeGreaterThan(200);
  });

  it('shows a small change as the README has it', async () => {
    const copy = join(folder, 'infra');
    await cp(infra, copy, { recursive: true });
    const path = join(copy, 'environments/dev.bicepparam');
    await writeFile(path, (await readFile(path, 'utf8')).replace('min: 1, max: 3 }', 'min: 1, max: 4 }'));
    const [, , ...options] = snapshotArguments('dev', 'Validate');
    const { exitCode, stdout } = await bicep(['snapshot', path, ...options], bare);
    expect(exitCode).toBe(1);
    // Colours and empty lines are for a terminal.
    const lines = stripVTControlCharacters(stdout)
      .split('\n')
      .filter((line) => line.trim() !== '');
    const shown = lines.slice(lines.findIndex((line) => line.startsWith('Scope:'))).join('\n');
    expect(await readFile(join(infra, 'README.md'), 'utf8')).toContain(`\n\`\`\`\n${shown}\n\`\`\`\n`);
  });

  it('keeps every rule when its switches are turned', async () => {
    const copy = join(folder, 'switched');
    await cp(infra, copy, { recursive: true });
    const path = join(copy, 'environments/dev.bicepparam');
    let text = await readFile(path, 'utf8');
    const switches: [from: string, to: string][] = [
      ["'one-server'", "'server-each'"],
      ["'infrastructure'", "'network'"],
      ["'managed'", "'grafana-cloud'"],
      ['param keepsData = false', 'param keepsData = true'],
    ];
    for (const [from, to] of switches) {
      expect(text).toContain(from);
      text = text.replace(from, to);
    }
    await writeFile(path, text.replace(/^param engineersFrom = .*$/m, ''));
    const [, , ...options] = snapshotArguments('dev', 'Overwrite');
    expect(await bicep(['snapshot', path, ...options], bare)).toMatchObject({ exitCode: 0, stderr: '' });

    const all = resourcesOf(await readFile(join(copy, 'environments/dev.snapshot.json'), 'utf8'));
    const types = new Set(all.map(({ type }) => type));
    expect(types).toContain('Microsoft.Network/ddosProtectionPlans');
    expect(types).not.toContain('Microsoft.Dashboard/grafana');
    expect(types).not.toContain('Microsoft.Monitor/accounts');
    const cluster = all.find(({ type }) => type === 'Microsoft.ContainerService/managedClusters');
    expect(at(cluster, 'properties.apiServerAccessProfile.enablePrivateCluster')).toBe(true);
    expect(findingsAgainst('dev', all)).toEqual([]);
  });

  it('refuses by name what a parameter file may not say', async () => {
    const outcome = await withEdits(
      ["'dev'", "'test'"],
      ["'westeurope'", "'moon'"],
      ["'Standard_B2s'", "'Standard_B2'"],
      ["tier: 'Free'", "tier: 'Cheap'"],
      ["'Standard_LRS'", "'Standard_LR'"],
      ['backupDays: 7', 'backupDays: 3'],
      ["'10.10.0.0/16'", "'10.10.0.0/16 and more than that'"],
      ['param keepsData = false\n', ''],
    );
    const findings = 'findings' in outcome ? outcome.findings : [];
    const about = (word: string) => findings.filter((line) => line.includes(word));
    for (const word of [
      '"test"',
      '"moon"',
      "Standard_B2'",
      '"Cheap"',
      "Standard_LR'",
      'minimum',
      'length',
      'keepsData',
    ])
      expect(about(word.replaceAll('"', "'")), `${word} in ${findings.join('\n')}`).not.toHaveLength(0);
  });

  it('refuses ranges that overlap, which types cannot say', async () => {
    const outcome = await withEdits(["'10.128.0.0/16'", "'10.10.0.0/17'"]);
    const parameters = 'parameters' in outcome ? outcome.parameters : ({} as Parameters);
    expect(parameterFindings({ environment: 'dev', parameters, others: [], asCommitted: true })).toEqual([
      'addressRange 10.10.0.0/16 overlaps cluster.podRange 10.10.0.0/17',
    ]);
  });

  it('takes the committed parameters of every environment', async () => {
    const all: Parameters[] = [];
    for (const name of environments) {
      const outcome = await compileParameters(join(infra, 'environments', `${name}.bicepparam`), bare);
      if ('findings' in outcome) throw new Error(outcome.findings.join('\n'));
      all.push(outcome.parameters);
    }
    const findings = all.flatMap((parameters, index) =>
      parameterFindings({
        environment: environments[index] ?? '',
        parameters,
        others: all.filter((other) => other !== parameters),
        asCommitted: true,
      }),
    );
    expect(findings).toEqual([]);
  });
});
