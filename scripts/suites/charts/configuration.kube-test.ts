import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readAuthConfig } from '@legendops/auth/config';
import { readBillingConfig } from '@legendops/billing/config';
import { readCatalogConfig } from '@legendops/catalog/config';
import { readMigrationsConfig } from '@legendops/migrations/config';
import { readPortalConfig } from '@legendops/portal/config';
import { readOperatorConfig } from '@legendops/tenant-operator/config';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toolsFolder } from '../../kubernetes/testing/control-plane.ts';
import {
  environments,
  everythingElse,
  manifestsOf,
  podsOf,
  render,
  type Environment,
  type Pod,
  type PodSpec,
} from './rendered.ts';

type Variables = Record<string, string | undefined>;

const parsers: Record<string, (environment: Variables) => object> = {
  auth: readAuthConfig,
  billing: readBillingConfig,
  catalog: readCatalogConfig,
  portal: readPortalConfig,
  'tenant-operator': readOperatorConfig,
  migrations: readMigrationsConfig,
};

const contents: Record<string, string> = {
  'provisioners.json': '{"provisioner_00":"x"}',
  'registry.json': '{"auths":{}}',
};

// Of Node itself, and what another variable is made of.
const notOfConfiguration = new Set(['DATABASE_PASSWORD', 'NODE_USE_SYSTEM_CA', 'SSL_CERT_DIR', 'NODE_OPTIONS']);

/** The paths of files that a pod finds, as its volumes say. */
const filesOf = ({ volumes = [], containers }: PodSpec): string[] =>
  (containers[0].volumeMounts ?? []).flatMap(({ name, mountPath }) => {
    const volume = volumes.find((one) => one.name === name);
    const inSources = (volume?.projected?.sources ?? []).flatMap(({ secret, serviceAccountToken }) => [
      ...(secret?.items ?? []).map(({ path }) => path),
      ...(serviceAccountToken ? [serviceAccountToken.path] : []),
    ]);
    const inSecret = (volume?.secret?.items ?? []).map(({ path }) => path);
    // Of the trust bundle, whose files are called as somebody likes.
    const inMap = volume?.configMap ? ['authority.pem'] : [];
    return [...inSources, ...inSecret, ...inMap].map((path) => join(mountPath, path));
  });

const asked: [string, Environment, string[]][] = [
  ...environments.map((environment): [string, Environment, string[]] => [environment, environment, []]),
  ['prod with everything else', 'prod', everythingElse],
];

describe.skipIf(toolsFolder === undefined).each(asked)(
  'the configuration for %s (needs LEGENDOPS_TOOLS)',
  (_name, environment, more) => {
    const root = mkdtempSync(join(tmpdir(), 'legendops-chart-'));
    let pods: Pod[];
    beforeAll(async () => {
      pods = podsOf(manifestsOf(await render(environment, ...more)));
    });
    afterAll(() => rmSync(root, { recursive: true }));

    const podOf = (name: string): Pod => {
      const pod = pods.find((one) => one.name === name);
      if (pod === undefined) throw new Error(`There is no pod ${name}`);
      return pod;
    };

    /** As the container gets them: Secrets filled in, references to earlier variables replaced, files where they are mounted. */
    const variablesOf = ({ spec }: Pod): Variables => {
      for (const path of filesOf(spec)) {
        mkdirSync(dirname(join(root, path)), { recursive: true });
        writeFileSync(join(root, path), contents[path.split('/').at(-1) ?? ''] ?? 'content');
      }
      const variables: Variables = {};
      for (const { name, value, valueFrom } of spec.containers[0].env ?? []) {
        const given = valueFrom?.secretKeyRef.key === 'smtp-url' ? 'smtps://login:secret@mail.example' : 'of-a-secret';
        const text = value?.replaceAll(/\$\((\w+)\)/g, (_, other: string) => variables[other] ?? 'undefined') ?? given;
        variables[name] = name.endsWith('_PATH') ? join(root, text) : text;
      }
      return variables;
    };

    it.each(Object.entries(parsers))('of %s is whole, and every variable of it means something', (name, parse) => {
      const variables = variablesOf(podOf(name));
      expect(JSON.stringify(variables)).not.toMatch(/undefined|\$\(/);
      const parsed = JSON.stringify(parse(variables));
      const outcome = (changed: Variables): string => {
        try {
          return JSON.stringify(parse(changed));
        } catch {
          return 'refused';
        }
      };
      for (const variable of Object.keys(variables)) {
        if (notOfConfiguration.has(variable) || variable.startsWith('AZURE_')) continue;
        expect(outcome({ ...variables, [variable]: '?' }), `${name} knows no ${variable}`).not.toBe(parsed);
      }
    });

    it('gives the vault’s users an identity: by annotation and label, or by the chart itself', () => {
      for (const name of ['billing', 'tenant-operator']) {
        const pod = podOf(name);
        const variables = variablesOf(pod);
        if (pod.labels['azure.workload.identity/use'] === 'true') {
          expect(variables['AZURE_CLIENT_ID']).toBeUndefined();
          continue;
        }
        expect(environment).toBe('local');
        expect(variables).toMatchObject({
          AZURE_TENANT_ID: expect.stringMatching(/^[0-9a-f-]{36}$/),
          AZURE_CLIENT_ID: expect.stringMatching(/^[0-9a-f-]{36}$/),
          AZURE_AUTHORITY_HOST: expect.stringMatching(/^https:/),
        });
        expect(filesOf(pod.spec)).toContain(variables['AZURE_FEDERATED_TOKEN_FILE']);
      }
    });

    it('gives the operator what tenants’ jobs fetch images with and believe, as services have it', () => {
      const { spec } = podOf('tenant-operator');
      const given = variablesOf({ ...podOf('tenant-operator'), spec });
      const names = more.length > 0 ? ['registry'] : [];
      expect((spec.imagePullSecrets ?? []).map(({ name }) => name)).toEqual(names);
      expect('JOB_PULL_SECRETS_PATH' in given).toBe(names.length > 0);
      const config = readOperatorConfig(given);
      expect(config.jobPullSecret).toBe(names.length > 0 ? '{"auths":{}}' : undefined);
      const isTrusting = environment === 'local' || more.length > 0;
      expect(config.jobAuthorities).toEqual(isTrusting ? { 'authority.pem': 'content' } : undefined);
    });

    it('gives the operator the memory settings of its measured table', () => {
      expect(variablesOf(podOf('tenant-operator'))['NODE_OPTIONS']).toBe(
        '--max-old-space-size=160 --max-semi-space-size=8',
      );
    });
  },
);
