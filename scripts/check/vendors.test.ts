import type { SecretClient } from '@azure/keyvault-secrets';
import { expect, it } from 'vitest';
import { Vendor } from '@legendops/billing/contract';
import { teamsSecretName } from '@legendops/billing/vault/teams-vault';
import { vendorSecretName } from '@legendops/billing/vault/vendor-vault';
import { superOpsSecretName } from '@legendops/portal/superops-connection/token-vault';
import { integrationsOutcome } from '@legendops/tenant-operator/phases/integrations';
import { createTenantVault } from '@legendops/tenant-operator/vault/tenant-vault';

const tenantId = '0190f000-0000-7000-8000-00000000000a';

it('the operator looks at every vendor that a tenant can connect', () => {
  const { message } = integrationsOutcome([]) as { message: string };
  expect(Vendor.options.filter((vendor) => !message.includes(`${vendor}: not connected`))).toEqual([]);
});

it('the operator removes the credentials of every vendor with their tenant', async () => {
  const removed = new Set<string>();
  const client = {
    listPropertiesOfSecretVersions: async function* (name: string) {
      yield { name, version: 'v', tags: { tenant: tenantId } };
    },
    beginDeleteSecret: async (name: string) => void removed.add(name),
  } as unknown as SecretClient;
  await createTenantVault({ operator: client, billing: client, portal: client }).remove(tenantId);
  expect(Vendor.options.filter((vendor) => !removed.has(vendorSecretName(tenantId, vendor)))).toEqual([]);
  expect(removed).toContain(superOpsSecretName(tenantId));
  expect(removed).toContain(teamsSecretName(tenantId));
});
