import { expect, it } from 'vitest';
import { sessionCookie, sessionSecrets } from './session-secrets.ts';

const secrets = sessionSecrets(Buffer.alloc(32, 1));
const held = (value: string, of = secrets) => of.in(`a=b; ${sessionCookie}=${value}`);

it('knows what it has made, and nothing else', () => {
  const secret = secrets.make();
  expect(secret).not.toBe(secrets.make());
  expect(held(secret)).toBe(secret);
  const [random = '', mark = ''] = secret.split('.');
  const changed = `${random.startsWith('A') ? 'B' : 'A'}${random.slice(1)}`;
  for (const junk of [
    random,
    `${random}.`,
    `${changed}.${mark}`,
    `${random}.${'A'.repeat(22)}`,
    '',
    'x'.repeat(66),
    '.',
  ])
    expect([junk, held(junk)]).toEqual([junk, undefined]);
  expect(held(secret, sessionSecrets(Buffer.alloc(32, 2)))).toBeUndefined();
  expect(secrets.in(undefined)).toBeUndefined();
});
