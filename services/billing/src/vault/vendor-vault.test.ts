import { afterAll, beforeAll, expect, it } from 'vitest';
import { startSuiteVault, type SuiteVault } from '../../../../scripts/doubles/suite-vault.ts';
import { vendorSecretName, vendorVault } from './vendor-vault.ts';

let suite: SuiteVault;
beforeAll(async () => {
  suite = await startSuiteVault();
});
afterAll(() => suite.close());

const tenantId = '0190f000-0000-7000-8000-00000000000a';
const another = '0190f000-0000-7000-8000-00000000000b';
const secret = (clientSecret: string) => ({ clientId: 'partner', clientSecret });

it('credentials that are forgotten are read by nobody, and may be followed by new ones', async () => {
  const client = suite.client();
  const vault = vendorVault(client);
  await vault.put(tenantId, 'pax8', secret('first'));
  await vault.put(tenantId, 'pax8', secret('second'));
  await vault.put(another, 'pax8', secret('other'));
  await vault.forget(tenantId, 'pax8');
  await expect(client.getSecret(vendorSecretName(tenantId, 'pax8'))).rejects.toMatchObject({ statusCode: 403 });
  expect(await vault.get(another, 'pax8')).toEqual(secret('other'));
  await vault.put(tenantId, 'pax8', secret('third'));
  expect(await vault.get(tenantId, 'pax8')).toEqual(secret('third'));
});

it('to forget what never was is no error', async () => {
  await vendorVault(suite.client()).forget(tenantId, 'quickbooks');
});
