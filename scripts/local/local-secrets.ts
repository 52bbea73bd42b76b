import { existsSync, readFileSync } from 'node:fs';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { replaceFile } from '../loopback/replace-file.ts';
import type { StateFolder } from './state-folder.ts';

const Secrets = z.object({
  /** PostgreSQL passwords by login. */
  databasePasswords: z.record(z.string(), z.string()),
  entraClientSecret: z.string(),
  quickBooksClientSecret: z.string(),
});

export type LocalSecrets = z.infer<typeof Secrets> & {
  /** Files that services read. */
  paths: Record<SecretFile, string>;
};

const secretFiles = [
  'signing-key.pem',
  'cookie-key',
  'state-key',
  'entra-client-secret',
  'quickbooks-client-secret',
  'quickbooks-verifier',
  'provisioners.json',
] as const;
type SecretFile = (typeof secretFiles)[number];

const serviceLogins = ['svc_auth', 'svc_billing', 'svc_portal', 'svc_catalog'] as const;
const provisionerLogins = Array.from({ length: 64 }, (_, shard) => `provisioner_${String(shard).padStart(2, '0')}`);

const random = (): string => randomBytes(32).toString('base64url');

const signingKey = (): string =>
  generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

const make = (): z.infer<typeof Secrets> => ({
  databasePasswords: Object.fromEntries(
    [...serviceLogins, ...provisionerLogins, 'legendops_migrator'].map((login) => [login, random()]),
  ),
  entraClientSecret: random(),
  quickBooksClientSecret: random(),
});

/** Every secret of this machine's platform: made at the first start, kept in files for the owner alone. */
export const localSecrets = async (state: StateFolder): Promise<LocalSecrets> => {
  const path = state.file('secrets', 'secrets.json');
  const secrets = existsSync(path) ? Secrets.parse(JSON.parse(readFileSync(path, 'utf8'))) : make();
  if (!existsSync(path)) await replaceFile(path, JSON.stringify(secrets, null, 2));
  const contents: Record<SecretFile, () => string> = {
    'signing-key.pem': signingKey,
    'cookie-key': random,
    'state-key': random,
    'entra-client-secret': () => secrets.entraClientSecret,
    'quickbooks-client-secret': () => secrets.quickBooksClientSecret,
    'quickbooks-verifier': random,
    'provisioners.json': () =>
      JSON.stringify(Object.fromEntries(provisionerLogins.map((login) => [login, secrets.databasePasswords[login]]))),
  };
  for (const name of secretFiles) {
    const file = state.file('secrets', name);
    if (!existsSync(file)) await replaceFile(file, contents[name]());
  }
  const paths = Object.fromEntries(secretFiles.map((name) => [name, state.file('secrets', name)])) as Record<
    SecretFile,
    string
  >;
  return { ...secrets, paths };
};
