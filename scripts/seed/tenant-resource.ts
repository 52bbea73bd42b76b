import { eventually } from '@legendops/kit/testing/eventually';
import type { KubeClient } from '@legendops/operator-runtime/client/kube-client';
import { conditionOf } from '@legendops/operator-runtime/controller/conditions';
import { tenants, type Tenant } from '@legendops/tenant-operator/api/tenant';
import type { ExampleProvider } from './example-providers.ts';

const withinMs = 60_000;

/** The Tenant of a provider, as a platform engineer would apply it. */
export const tenantManifest = ({ name, displayName, directory, admin, currency, timeZone }: ExampleProvider) => ({
  apiVersion: tenants.apiVersion,
  kind: tenants.kind,
  metadata: { name },
  spec: { displayName, directories: [directory], admins: [admin], billing: { currency, timeZone } },
});

/** Of a test that starts jobs itself: what runs every hour would be running when it does. */
export const withoutHourlyJobs = <Spec extends { billing: object }>(spec: Spec) => ({
  ...spec,
  billing: { ...spec.billing, psaSync: { suspend: true } },
});

export const applyTenant = (client: KubeClient, provider: ExampleProvider): Promise<Tenant> =>
  client.apply(tenants, tenantManifest(provider) as unknown as Tenant, { fieldManager: 'legendops-seed', force: true });

/** Waits until the operator says Ready; throws its words when it does not. */
export const untilReady = (client: KubeClient, name: string): Promise<Tenant> => {
  let said = 'no condition yet';
  const look = async (): Promise<Tenant | undefined> => {
    const tenant = await client.read(tenants, { name });
    const ready = conditionOf(tenant?.status?.conditions, 'Ready');
    said = ready?.message ?? said;
    return ready?.status === 'True' ? tenant : undefined;
  };
  return eventually(() => `Tenant ${name} is Ready; it says: ${said}`, look, { withinMs, everyMs: 100 });
};
