import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noticeWorld, type NoticeWorld } from '../testing/notice-world.ts';

let told: NoticeWorld;
beforeAll(async () => {
  told = await noticeWorld();
});
afterAll(() => told.close());

const connect = (url: string) => told.call('PUT', 'notice-settings/teams', { body: { url } });

describe('connecting Teams', () => {
  it.each([
    'https://evil.example/workflows',
    'https://logic.azure.com.evil.example/workflows',
    'http://prod-1.westeurope.logic.azure.com/workflows',
    'http://169.254.169.254/metadata',
    'http://127.0.0.1:1/',
  ])('asks nothing of %s', async (url) => {
    const calls = told.teams.faults.calls.length;
    expect((await connect(url)).body).toMatchObject({ status: 422, code: 'teams-channel.refused' });
    expect(told.teams.faults.calls).toHaveLength(calls);
    expect(told.vault.addresses.size).toBe(0);
  });

  it('keeps no address at which no card was taken', async () => {
    const { body } = await connect(told.teams.webhookOf('Billing').replace('sig=', 'sig=0'));
    expect(body).toMatchObject({ status: 422, code: 'teams-channel.refused' });
    expect(body.detail).toMatch(/^Teams answered 401/);
    expect(told.vault.addresses.size).toBe(0);
    expect((await told.call('GET', 'notice-settings')).body.teams).toBeNull();
  });

  it('keeps one at which a card was taken in the vault, and tells it to nobody again', async () => {
    const url = told.teams.webhookOf('Billing');
    const { body } = await connect(url);
    expect(body.teams).toMatchObject({ host: new URL(url).host, failure: null });
    expect(told.teams.cards('Billing')).toHaveLength(1);
    expect(told.vault.addresses.get(told.tenantId)).toEqual({ url });
    const signature = new URL(url).searchParams.get('sig') ?? 'none';
    const tables = await told.world.rows<{ name: string }>(
      "select table_schema || '.' || table_name as name from information_schema.tables where table_schema in ('billing', 'app')",
    );
    for (const { name } of tables)
      expect([
        name,
        JSON.stringify(await told.world.rows(`select t::text from ${name} t`)).includes(signature),
      ]).toEqual([name, false]);
    for (const path of ['notices', 'notice-settings'])
      expect(JSON.stringify((await told.call('GET', path)).body)).not.toContain(signature);
  });

  it('follows no redirect', async () => {
    told.teams.faults.add([{ match: {}, fault: { status: 307, headers: { location: 'http://evil.example/' } } }]);
    expect((await connect(told.teams.webhookOf('Other'))).body.code).toBe('teams-channel.refused');
    told.teams.faults.clear();
  });
});
