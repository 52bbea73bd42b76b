import { eventually } from '@legendops/kit/testing/eventually';
import { tenantDefinition } from '../../../operators/tenant/src/api/custom-resource-definition.ts';
import type { Body, Cluster } from '../testing/cluster.ts';

export const tenantsPath = '/apis/platform.legendops.io/v1alpha1/tenants';
export const definitionsPath = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
export const configMapsPath = (namespace = 'default'): string => `/api/v1/namespaces/${namespace}/configmaps`;
export const secretsPath = '/api/v1/namespaces/default/secrets';
export const cronJobsPath = '/apis/batch/v1/namespaces/default/cronjobs';

export const applyPatch = 'application/apply-patch+yaml';
export const mergePatch = 'application/merge-patch+json';
export const jsonPatch = 'application/json-patch+json';
export const strategicPatch = 'application/strategic-merge-patch+json';
export const asTable = 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json';

export const aTenant = (name: string, spec: object = {}, metadata: object = {}): Body => ({
  apiVersion: 'platform.legendops.io/v1alpha1',
  kind: 'Tenant',
  metadata: { name, ...metadata },
  spec: { displayName: 'Northwind IT', billing: { currency: 'USD' }, ...spec },
});

export const aConfigMap = (name: string, data: object = {}, metadata: object = {}): Body => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, ...metadata },
  data,
});

export const aCronJob = (name: string, spec: object = {}): Body => ({
  apiVersion: 'batch/v1',
  kind: 'CronJob',
  metadata: { name },
  spec: {
    schedule: '17 4 * * *',
    suspend: true,
    jobTemplate: {
      spec: {
        template: {
          spec: { restartPolicy: 'Never', containers: [{ name: 'job', image: 'example.invalid/job:1', args: ['a'] }] },
        },
      },
    },
    ...spec,
  },
});

/** The Tenant's definition is there and served. */
export const installTenants = async (cluster: Cluster): Promise<void> => {
  const created = await cluster.request({ method: 'POST', path: definitionsPath, body: tenantDefinition });
  if (created.status !== 201 && created.status !== 409) throw new Error(created.text);
  await eventually('the definition of tenants is established', async () => {
    const { body } = await cluster.request({ path: `${definitionsPath}/${tenantDefinition.metadata.name}` });
    const established = body.status?.conditions?.find((condition: Body) => condition.type === 'Established');
    return established?.status === 'True';
  });
  await eventually('tenants are served', async () => (await cluster.request({ path: tenantsPath })).status === 200);
};

export const causesOf = (body: Body): string[] =>
  (body.details?.causes ?? []).map((cause: Body) => `${cause.reason} ${cause.field}`).sort();

export const messagesOf = (body: Body): string[] =>
  (body.details?.causes ?? []).map((cause: Body) => `${cause.field}: ${cause.message}`).sort();

export const ownersOf = (body: Body): string[] =>
  (body.metadata.managedFields ?? []).map((entry: Body) =>
    [entry.manager, entry.operation, entry.subresource].filter(Boolean).join(' '),
  );

export const fieldsOf = (body: Body, manager: string): Body =>
  body.metadata.managedFields.find((entry: Body) => entry.manager === manager)?.fieldsV1;
