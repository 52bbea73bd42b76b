import { describe, expect, it } from 'vitest';
import { actingAs, asNobody } from '@legendops/kit/audit/audit';
import type { TenantRegistry, TenantState } from '@legendops/kit/db/tenant-registry';
import { connectionService } from './service.ts';

const scope = actingAs<'connection.made'>({
  tenantId: '0190f000-0000-7000-8000-00000000000a',
  author: asNobody('service', 'test'),
});

describe('the way back from Intuit', () => {
  it.each<[TenantState | undefined, string]>([
    ['suspended', 'tenant.suspended'],
    ['deleting', 'tenant.suspended'],
    [undefined, 'tenant.unknown'],
  ])('redeems nothing for an organisation that is %s by now', async (state, code) => {
    let redeemed = 0;
    const connections = connectionService({
      registry: { find: async () => state && { ...scope, state } } as unknown as TenantRegistry,
      oauth: { redeem: async () => (redeemed += 1) },
    } as unknown as Parameters<typeof connectionService>[0]);
    await expect(connections.connectQuickBooks(scope, { code: 'x', realmId: '1' })).rejects.toMatchObject({ code });
    expect(redeemed).toBe(0);
  });
});
