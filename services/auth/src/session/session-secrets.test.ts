import { expect, it } from 'vitest';
import { sessionCookie, sessionSecrets } from './session-secrets.ts';

const secrets = sessionSecrets(Buffer.alloc(32, 1));
const held = (value: string, of = secrets) => of.in(`a=b; ${sessionCookie}=${value}`);

// The last character of a tag has four bits that no byte of it is made of.
const respelt = (tag: string): string[] =>
  Array.from(
    'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_',
    (last) => tag.slice(0, -1) + last,
  ).filter((other) => other !== tag && Buffer.from(other, 'base64url').equals(Buffer.from(tag, 'base64url')));

it('knows a secret in one spelling: another would have an allowance of its own', () => {
  const [random = '', tag = ''] = secrets.make().split('.');
  expect(respelt(tag)).toHaveLength(15);
  for (const other of respelt(tag)) expect(held(`${random}.${other}`)).toBeUndefined();
});

it('knows what it has made, and nothing else', () => {
  const secret = secrets.make();
  expect(secret).not.toBe(secrets.make());
  expect(held(secret)).toBe(secret);
  const [random = '', tag = ''] = secret.split('.');
  const changed = `${random.startsWith('A') ? 'B' : 'A'}${random.slice(1)}`;
  for (const junk of [
    random,
    `${random}.`,
    `${changed}.${tag}`,
    `${random}.${'A'.repeat(22)}`,
    '',
    'x'.repeat(66),
    '.',
  ])
    expect([junk, held(junk)]).toEqual([junk, undefined]);
  expect(held(secret, sessionSecrets(Buffer.alloc(32, 2)))).toBeUndefined();
  expect(secrets.in(undefined)).toBeUndefined();
});
