import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { platformDirectory, portalClientId, quickBooksClientId, workloadClients } from './identities.ts';

interface Values {
  azure: { tenantId: string; clientIds: Record<string, string> };
  signIn: { clientId: string };
  quickbooks: { clientId: string };
}

it('the chart tells the services of a cluster the same as npm start tells those of this machine', () => {
  const file = join(import.meta.dirname, '../../charts/legendops/values-local.yaml');
  const { azure, signIn, quickbooks } = parse(readFileSync(file, 'utf8')) as Values;
  expect(azure).toMatchObject({ tenantId: platformDirectory, clientIds: workloadClients });
  expect(signIn.clientId).toBe(portalClientId);
  expect(quickbooks.clientId).toBe(quickBooksClientId);
});
