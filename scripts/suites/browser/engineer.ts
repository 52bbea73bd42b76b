import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { tenants, type Tenant } from '@legendops/tenant-operator/api/tenant';
import { stringify } from 'yaml';
import type { ExampleProvider } from '../../seed/example-providers.ts';
import { runJob } from '../../seed/run-job.ts';
import { applyTenant, tenantManifest, untilReady } from '../../seed/tenant-resource.ts';
import { kubectlCommand } from '../../kubernetes/testing/cluster.ts';
import type { Platform } from '../../local/platform.ts';

/** The platform engineer: with kubectl where there is one, else by the same requests. */
export interface Engineer {
  apply(provider: ExampleProvider): Promise<void>;
  untilReady(provider: ExampleProvider): Promise<void>;
  setState(tenant: string, state: 'Active' | 'Suspended'): Promise<void>;
  /** A Job from the tenant's CronJob, to its end. */
  run(tenant: string, cronJob: string, name: string): Promise<void>;
}

const execute = promisify(execFile);

export const anEngineer = (platform: Platform, folder: string): Engineer => {
  const command = kubectlCommand();
  return command === undefined ? byClient(platform) : byKubectl(platform, folder, command);
};

const byKubectl = ({ endpoints }: Platform, folder: string, [program = '', ...first]: string[]): Engineer => {
  const kubectl = (...parameters: string[]) =>
    execute(program, [...first, '--kubeconfig', endpoints.kubeconfig, ...parameters]);
  return {
    apply: async (provider) => {
      const file = join(folder, `${provider.name}.yaml`);
      await writeFile(file, stringify(tenantManifest(provider)));
      await kubectl('apply', '-f', file);
    },
    untilReady: async ({ name }) => {
      await kubectl('wait', '--for=condition=Ready', `tenant/${name}`, '--timeout=60s');
    },
    setState: async (tenant, state) => {
      await kubectl('patch', 'tenant', tenant, '--type=merge', '-p', JSON.stringify({ spec: { state } }));
    },
    run: async (tenant, cronJob, name) => {
      const namespace = ['-n', `tenant-${tenant}`];
      await kubectl(...namespace, 'create', 'job', name, `--from=cronjob/${cronJob}`);
      await kubectl(...namespace, 'wait', '--for=condition=Complete', `job/${name}`, '--timeout=90s');
    },
  };
};

const byClient = ({ cluster: { client } }: Platform): Engineer => ({
  apply: async (provider) => {
    await applyTenant(client, provider);
  },
  untilReady: async ({ name }) => {
    await untilReady(client, name);
  },
  setState: async (name, state) => {
    const change = { metadata: { name }, spec: { state } } as unknown as Tenant;
    await client.apply(tenants, change, { fieldManager: 'legendops-test', force: true });
  },
  run: (tenant, cronJob, name) => runJob(client, { tenant, cronJob, name }),
});
