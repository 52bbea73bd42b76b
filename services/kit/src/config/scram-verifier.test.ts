import { expect, test } from 'vitest';
import { newPassword, requireVerifier, scramVerifier } from './scram-verifier.ts';

test('the keys are those of the example in RFC 7677', async () => {
  // user "user", password "pencil": salt and iterations of the RFC; its ServerSignature proves ServerKey.
  const verifier = await scramVerifier('pencil', Buffer.from('W22ZaJ0SNY7soEsUEjb6gQ==', 'base64'));
  expect(verifier).toBe(
    'SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=',
  );
});

test('two verifiers of one password differ, and passwords are ASCII of 256 bits', async () => {
  expect(await scramVerifier('x')).not.toBe(await scramVerifier('x'));
  expect(newPassword()).toMatch(/^[A-Za-z0-9_-]{43}$/);
});

test.each([
  'secret',
  '',
  'SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$short=:short=',
  "SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=' superuser",
])('%j is not taken for a verifier', (text) => {
  expect(() => requireVerifier(text)).toThrow('Not a SCRAM-SHA-256 verifier');
});
