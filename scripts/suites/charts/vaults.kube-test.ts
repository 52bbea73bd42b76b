import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { toolsFolder } from '../../kubernetes/testing/control-plane.ts';
import { chart, environments, helm, manifestsOf, ofKind, podsOf, render, valuesOf } from './rendered.ts';

const writers = ['billing', 'operator', 'portal'] as const;
const own = (writer: string, host = 'vault.legendops.example') => `https://${writer}.${host}`;
const shared = 'https://one.vault.example';
const asOne = writers.flatMap((writer) => ['--set', `vault.${writer}.url=`]);

/** What each pod is told of vaults, by variable. */
const told = async (...settings: string[]): Promise<Record<string, Record<string, string>>> => {
  const pods = podsOf(manifestsOf(await render('prod', ...settings)));
  return Object.fromEntries(
    pods.flatMap(({ name, spec }) => {
      const vaults = (spec.containers[0].env ?? []).filter((variable) => variable.name.endsWith('VAULT_URL'));
      return vaults.length === 0 ? [] : [[name, Object.fromEntries(vaults.map((one) => [one.name, one.value ?? '']))]];
    }),
  );
};

describe.skipIf(toolsFolder === undefined)('a vault for each who writes (needs LEGENDOPS_TOOLS)', () => {
  it('is told to its writer alone, and to the operator, who closes in it what a tenant leaves', async () => {
    expect(await told()).toEqual({
      billing: { VAULT_URL: own('billing') },
      portal: { VAULT_URL: own('portal') },
      'tenant-operator': {
        VAULT_URL: own('operator'),
        BILLING_VAULT_URL: own('billing'),
        PORTAL_VAULT_URL: own('portal'),
      },
    });
  });

  it('may be one for all, as it was before there was one each', async () => {
    expect(await told(...asOne, '--set', `vault.url=${shared}`)).toEqual({
      billing: { VAULT_URL: shared },
      portal: { VAULT_URL: shared },
      'tenant-operator': { VAULT_URL: shared, BILLING_VAULT_URL: shared, PORTAL_VAULT_URL: shared },
    });
  });

  it('is given to one after the other: whoever has none yet stays with the one for all', async () => {
    const seen = await told('--set', 'vault.portal.url=', '--set', `vault.url=${shared}`);
    expect(seen['portal']).toEqual({ VAULT_URL: shared });
    expect(seen['tenant-operator']).toMatchObject({ BILLING_VAULT_URL: own('billing'), PORTAL_VAULT_URL: shared });
  });

  it('is a value for each that infra gives a vault and the chart an identity', () => {
    const words = readFileSync(join(chart, '../../infra/variables.bicep'), 'utf8');
    const made = /type vaultUris = \{([^}]*)\}/.exec(words)?.[1]?.match(/\w+(?=: string)/g) ?? [];
    // What auth needs is put into Secrets by whoever installs (decision 0032): no pod of it reads a vault.
    expect(made.filter((name) => name !== 'auth')).toEqual([...writers]);
  });

  it.each(environments)('is one each in %s, or the double', async (environment) => {
    const urls = (await render(environment)).match(/(?<=VAULT_URL, value: ")[^"]+/g) ?? [];
    expect(new Set(urls).size).toBe(environment === 'local' ? 1 : 3);
  });

  it('is reached at its own place where the values say one, by its writer and the operator', async () => {
    const place = '{"peers":[{"ipBlock":{"cidr":"10.30.8.9/32"}}],"ports":[8443]}';
    const text = await render('prod', '--set-json', `network.vault.billing=${place}`);
    const policies = ofKind(manifestsOf(text), 'NetworkPolicy');
    const reach = policies.filter(({ spec }) => JSON.stringify(spec?.['egress'] ?? []).includes('10.30.8.9/32'));
    expect(reach.map(({ metadata }) => metadata.name)).toEqual(['billing', 'tenant-operator']);
    const egressOf = (name: string) =>
      policies.find(({ metadata }) => metadata.name === name)?.spec?.['egress'] as { ports: object[]; to?: object[] }[];
    expect(egressOf('billing')).toContainEqual({
      ports: [{ protocol: 'TCP', port: 8443 }],
      to: [{ ipBlock: { cidr: '10.30.8.9/32' } }],
    });
    expect(egressOf('portal').filter(({ ports }) => JSON.stringify(ports).includes('8443'))).toEqual([]);
  });

  it('is asked for after an install with one for several, and not on a machine with a double', async () => {
    const notes = async (environment: 'local' | 'prod', ...settings: string[]): Promise<string> => {
      const values = [...valuesOf(environment), ...settings];
      return helm('install', 'legendops', chart, '-n', 'legendops', '--dry-run=client', ...values);
    };
    const words = 'docs/operations/vaults.md';
    expect(await notes('prod', ...asOne, '--set', `vault.url=${shared}`)).toContain(words);
    expect(await notes('prod')).not.toContain(words);
    expect(await notes('local')).not.toContain(words);
  });
});
