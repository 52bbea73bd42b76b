import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleAccount } from '../../../../scripts/doubles/pax8/sample-account.ts';
import { startPax8, type Pax8 } from '../../../../scripts/doubles/pax8/server.ts';
import { pax8Tokens } from './tenant-tokens.ts';

let pax8: Pax8;
beforeAll(async () => {
  pax8 = await startPax8({ accounts: ['one', 'two'].map((clientId) => sampleAccount({ clientId, month: '2026-01' })) });
});
afterAll(() => pax8.close());

const partnerOf = async (accessToken: string): Promise<string> => {
  const response = await fetch(`${pax8.url}/v1/companies`, { headers: { authorization: `Bearer ${accessToken}` } });
  const { content } = (await response.json()) as { content: { id: string }[] };
  return content.map(({ id }) => id).join();
};

const surroundings = () => {
  const state = { credentials: { clientId: 'one', clientSecret: 'local' }, reconnects: 0 };
  const tokens = pax8Tokens({
    vault: { get: async () => state.credentials as never },
    api: { url: pax8.url, audience: 'https://api.pax8.com' },
    onReconnect: async () => void (state.reconnects += 1),
  });
  return { state, tokenOf: async () => (await tokens.of('tenant', { renew: false })).accessToken };
};

describe('a token of Pax8', () => {
  it('is kept, and is the new account’s as soon as another replica has connected that', async () => {
    const { state, tokenOf } = surroundings();
    const first = await tokenOf();
    expect(await tokenOf()).toBe(first);
    state.credentials = { clientId: 'two', clientSecret: 'local' };
    const second = await tokenOf();
    expect(await partnerOf(second)).not.toBe(await partnerOf(first));
  });

  it('is not read from an answer without end', async () => {
    pax8.faults.add([
      { match: { path: '/v1/token', count: 1 }, fault: { body: { access_token: 'x'.repeat(65_536), expires_in: 60 } } },
    ]);
    await expect(surroundings().tokenOf()).rejects.toThrow('Pax8 gave no token');
  });

  it('that is refused for good asks for a person', async () => {
    const { state, tokenOf } = surroundings();
    state.credentials = { clientId: 'one', clientSecret: 'revoked' };
    await expect(tokenOf()).rejects.toThrow('“Connect Pax8”');
    expect(state.reconnects).toBe(1);
  });
});
