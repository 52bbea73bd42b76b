import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type CryptoKey, type JWK } from 'jose';
import { stateFile } from '../../loopback/state-file.ts';

export type SigningKey = { id: string; privateKey: CryptoKey; publicJwk: JWK; adminToken: string };

type Stored = { privateJwk?: JWK; adminToken?: string };

/** The key of service account tokens and the administrator's token, made once per state directory. */
export const loadSigningKey = async (directory: string | undefined): Promise<SigningKey> => {
  const file = stateFile<Stored>({ directory, name: 'service-account-key', initial: () => ({}) });
  let { privateJwk, adminToken } = file.value;
  if (!privateJwk || adminToken === undefined) {
    const { privateKey } = await generateKeyPair('RS256', { extractable: true });
    privateJwk = await exportJWK(privateKey);
    adminToken = Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64url');
    file.replace({ privateJwk, adminToken });
  }
  file.close();
  const { kty = 'RSA', n = '', e = '' } = privateJwk;
  const id = await calculateJwkThumbprint({ kty, n, e });
  return {
    id,
    privateKey: (await importJWK(privateJwk, 'RS256')) as CryptoKey,
    publicJwk: { kty, n, e, kid: id, alg: 'RS256', use: 'sig' },
    adminToken,
  };
};
