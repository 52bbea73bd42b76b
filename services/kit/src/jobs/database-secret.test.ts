import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readDatabaseSecret } from './database-secret.ts';

let folder = '';
const mount = (files: Record<string, string>): void => {
  for (const [name, value] of Object.entries(files)) writeFileSync(join(folder, name), value);
};
const secret = { host: 'db', port: '6432', dbname: 'billing_db', username: 't_1_a', password: 'p/@?#%' };

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'database-secret-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('the Secret is read as the URL of the tenant’s own login', async () => {
  mount(secret);
  const url = new URL(await readDatabaseSecret(folder, 'billing_db'));
  expect(decodeURIComponent(url.password)).toBe(secret.password);
  expect([url.username, url.host, url.pathname, url.search]).toEqual(['t_1_a', 'db:6432', '/billing_db', '']);
});

test('how the connection is to be secured comes with it', async () => {
  mount({ ...secret, sslmode: 'verify-full' });
  expect(await readDatabaseSecret(folder, 'billing_db')).toMatch(/[?]sslmode=verify-full$/);
});

test('a Secret without one of its files names what is needed', async () => {
  mount({ ...secret, password: '' });
  await expect(readDatabaseSecret(folder, 'billing_db')).rejects.toThrow(
    'needs the files host, port, dbname, username, password',
  );
});

test('another database is found by places of its own, by the same login', async () => {
  mount({
    ...secret,
    'portal-host': 'other',
    'portal-port': '5432',
    'portal-dbname': 'portal_db',
    sslmode: 'verify-full',
  });
  expect(await readDatabaseSecret(folder, 'portal_db')).toBe('postgres://t_1_a:p%2F%40%3F%23%25@other:5432/portal_db');
});
