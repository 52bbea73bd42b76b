import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { newPassword } from '@legendops/kit/config/scram-verifier';
import type { SecretStore } from './kubernetes-secrets.ts';

export const serviceLogins = ['svc_auth', 'svc_billing', 'svc_portal', 'svc_catalog'] as const;
const provisionerLogins = Array.from({ length: 64 }, (_, shard) => `provisioner_${shard.toString().padStart(2, '0')}`);

type Makers = Record<string, () => string>;

/** A Secret with every entry: what is missing is made, what is there stays, whoever put it there. */
const withEntries = async (store: SecretStore, name: string, makers: Makers): Promise<Record<string, string>> => {
  const there = await store.read(name);
  const missing = Object.fromEntries(
    Object.entries(makers).flatMap(([key, make]) => (there?.[key] ? [] : [[key, make()]])),
  );
  if (there === undefined) await store.create(name, missing);
  else if (Object.keys(missing).length > 0) await store.add(name, missing);
  return { ...there, ...missing };
};

const provisionersFile = 'provisioners.json';

/** Passwords by login: of the services an entry each, of the provisioners one file, as the operator reads it. */
export const ensuredLogins = async (store: SecretStore, name: string): Promise<Map<string, string>> => {
  const entries = await withEntries(store, name, {
    ...Object.fromEntries(serviceLogins.map((login) => [login, newPassword])),
    [provisionersFile]: () =>
      JSON.stringify(Object.fromEntries(provisionerLogins.map((login) => [login, newPassword()]))),
  });
  const provisioners = JSON.parse(entries[provisionersFile] ?? '{}') as Record<string, string>;
  return new Map([
    ...serviceLogins.map((login) => [login, entries[login] ?? ''] as const),
    ...Object.entries(provisioners),
  ]);
};

const random = (): string => randomBytes(32).toString('base64url');
const signingKey = (): string =>
  generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

/** What auth signs with, and what seals the short-lived states of a sign-in and of a connection under way. */
export const ensuredKeys = async (store: SecretStore, name: string): Promise<void> => {
  await withEntries(store, name, { 'signing-key.pem': signingKey, 'cookie-key': random, 'state-key': random });
};
