import pg from 'pg';
import { expect, test } from 'vitest';
import { loginUrl } from './login-url.ts';

test('a login goes into the URL, and how the connection is secured stays', () => {
  const password = 'p@ss:w/o%rd?#';
  const client = new pg.Client({
    connectionString: loginUrl('postgres://db.example:6432/billing_db?sslmode=verify-full', 'provisioner_00', password),
  });
  expect(client).toMatchObject({ host: 'db.example', port: 6432, database: 'billing_db', user: 'provisioner_00' });
  expect(client.password).toBe(password);
  expect(client.ssl).toBeTruthy();
});
