import { expect, test } from 'vitest';
import type { ConnectionState } from '../postgres/registry.ts';
import { aTenant } from '../testing/a-tenant.ts';
import { integrationsOutcome, integrationsPhase } from './integrations.ts';

const states = (...of: [vendor: string, state: string][]): ConnectionState[] =>
  of.map(([vendor, state]) => ({ vendor, state }));

test.each<[string, ConnectionState[] | undefined, string, string, string]>([
  ['nobody could look', undefined, 'Unknown', 'NotSeen', 'could not be looked at'],
  ['nothing is connected', [], 'False', 'NotConnected', 'pax8: not connected, quickbooks: not connected'],
  ['one is connected', states(['pax8', 'connected']), 'False', 'NeedsAttention', 'quickbooks: not connected;'],
  [
    'one must be connected again',
    states(['pax8', 'connected'], ['quickbooks', 'reconnect']),
    'False',
    'NeedsAttention',
    'quickbooks: reconnect;',
  ],
  ['both are connected', states(['quickbooks', 'connected'], ['pax8', 'connected']), 'True', 'Connected', ''],
])('%s', (_what, given, status, reason, message) => {
  expect(integrationsOutcome(given)).toMatchObject({ status, reason, message: expect.stringContaining(message) });
});

test('until the next look a tenant has no connections, unless something else was seen and said of it', async () => {
  type Scope = Parameters<typeof integrationsPhase.run>[0];
  const scope = {
    registration: { tenantId: 'a', isNew: false },
    tenant: aTenant(),
    polled: { connections: { of: () => 'not yet' } },
  } as unknown as Scope;
  const outcomesOf = async (changes: Partial<Scope>) =>
    (await integrationsPhase.run({ ...scope, ...changes })).outcomes;
  const isNew = { registration: { tenantId: 'a', isNew: true } };
  expect(await outcomesOf(isNew)).toMatchObject([{ reason: 'NotConnected' }]);
  expect(await outcomesOf({})).toMatchObject([{ reason: 'NotConnected' }]);
  const waits = {
    type: 'IntegrationsReady',
    status: 'Unknown',
    reason: 'Waiting',
    message: 'Waits for an earlier step: see to the condition that is False',
  };
  const waiting = { ...scope.tenant, status: { conditions: [waits] } } as unknown as Scope['tenant'];
  expect(await outcomesOf({ tenant: waiting })).toMatchObject([{ reason: 'NotConnected' }]);
  const said = { type: 'IntegrationsReady', status: 'True', reason: 'Connected', message: '' };
  const tenant = { ...scope.tenant, status: { conditions: [said] } } as unknown as Scope['tenant'];
  expect(await outcomesOf({ tenant })).toEqual([said]);
});
