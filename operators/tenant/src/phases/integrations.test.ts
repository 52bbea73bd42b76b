import { expect, test } from 'vitest';
import type { ConnectionState } from '../postgres/registry.ts';
import { integrationsOutcome } from './integrations.ts';

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
