import type { KubeObject } from '@legendops/operator-runtime/client/resource';
import type { Applier } from '@legendops/operator-runtime/controller/applier';
import { namespaceOf, type Tenant } from '../api/tenant.ts';
import type { OperatorConfig } from '../config.ts';
import { ownedLabels } from '../owned/owned-object.ts';
import { configMaps, secrets, type ConfigMap, type KubeSecret } from '../owned/resources.ts';

/** The names that the operator's rights are for (rbac.yaml). */
export const pullSecretName = 'images';
export const trustName = 'trust';

type CopyConfig = Pick<OperatorConfig, 'jobPullSecret' | 'jobAuthorities'>;

const metadataOf = (tenant: Tenant, name: string): KubeObject['metadata'] => ({
  name,
  namespace: namespaceOf(tenant),
  labels: ownedLabels(tenant),
});

const desiredPullSecret = (tenant: Tenant, { jobPullSecret }: CopyConfig): KubeSecret | undefined =>
  jobPullSecret === undefined
    ? undefined
    : {
        metadata: metadataOf(tenant, pullSecretName),
        type: 'kubernetes.io/dockerconfigjson',
        data: { '.dockerconfigjson': Buffer.from(jobPullSecret).toString('base64') },
      };

const desiredTrust = (tenant: Tenant, { jobAuthorities }: CopyConfig): ConfigMap | undefined =>
  jobAuthorities && { metadata: metadataOf(tenant, trustName), data: jobAuthorities };

/**
 * Steps that make copies in the tenant's namespace of what stands in the operator's: a pod finds Secrets and ConfigMaps nowhere
 * but where it is. They are compared in every pass and watched in none: nobody works there, and two more watches would keep 20,000
 * objects in memory.
 */
export const copySteps = (
  tenant: Tenant,
  config: CopyConfig,
  { applier, isNew }: { applier: Applier; isNew: boolean },
): (() => Promise<boolean>)[] => {
  const [pullSecret, trust] = [desiredPullSecret(tenant, config), desiredTrust(tenant, config)];
  return [
    ...(pullSecret ? [() => applier.ensure(secrets, pullSecret, { isNew })] : []),
    ...(trust ? [() => applier.ensure(configMaps, trust, { isNew })] : []),
  ];
};
