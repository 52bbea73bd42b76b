import { randomBytes } from 'node:crypto';
import { ownEntry } from '@legendops/kit/contract/own-entry';
import type { NewSecret, SecretChange } from './secret-input.ts';
import { deletedButRecoverable, notFound, VaultError } from './vault-error.ts';

export type SecretVersion = {
  version: string;
  value: string;
  contentType?: string | undefined;
  tags?: Record<string, string> | undefined;
  enabled: boolean;
  nbf?: number | undefined;
  exp?: number | undefined;
  /** Unix seconds, as all times here. */
  created: number;
  updated: number;
};

export type Secret = { name: string; versions: SecretVersion[]; deletedAt?: number | undefined };
export type VaultState = { secrets: Record<string, Secret>; writes: Record<string, number> };

type Deps = { read: () => VaultState; changed: () => void; now: () => Date; purgeProtection: boolean };

/** The secrets of one vault. Names are compared without case, as the service does. */
export function secretStore({ read, changed, now, purgeProtection }: Deps) {
  const seconds = () => Math.floor(now().getTime() / 1000);
  const keyOf = (name: string) => name.toLowerCase();
  const at = (name: string): Secret | undefined => ownEntry(read().secrets, keyOf(name));
  const wrote = (operation: string) => {
    const { writes } = read();
    writes[operation] = (writes[operation] ?? 0) + 1;
    changed();
  };
  const live = (name: string): Secret => {
    const secret = at(name);
    if (!secret || secret.deletedAt !== undefined) throw notFound(name);
    return secret;
  };
  const deleted = (name: string): Secret => {
    const secret = at(name);
    if (secret?.deletedAt === undefined) throw notFound(name);
    return secret;
  };
  const version = (name: string, wanted: string): SecretVersion => {
    const { versions } = live(name);
    const found = wanted === '' ? versions.at(-1) : versions.find((candidate) => candidate.version === wanted);
    if (!found) throw notFound(`${name}/${wanted}`);
    return found;
  };

  return {
    live,
    deleted,
    version,
    all: () => byName(Object.values(read().secrets).filter(({ deletedAt }) => deletedAt === undefined)),
    allDeleted: () => byName(Object.values(read().secrets).filter(({ deletedAt }) => deletedAt !== undefined)),
    set: (name: string, { value, contentType, tags, attributes }: NewSecret): SecretVersion => {
      const secret = at(name) ?? { name, versions: [] };
      if (secret.deletedAt !== undefined) throw deletedButRecoverable(name);
      const created: SecretVersion = {
        version: randomBytes(16).toString('hex'),
        value,
        contentType,
        tags,
        nbf: attributes?.nbf,
        exp: attributes?.exp,
        enabled: attributes?.enabled ?? true,
        created: seconds(),
        updated: seconds(),
      };
      secret.versions.push(created);
      read().secrets[keyOf(name)] = secret;
      wrote('set');
      return created;
    },
    update: (name: string, wanted: string, { contentType, tags, attributes }: SecretChange): SecretVersion => {
      const found = version(name, wanted);
      Object.assign(found, { ...attributes, updated: seconds() });
      if (contentType !== undefined) found.contentType = contentType;
      if (tags !== undefined) found.tags = tags;
      wrote('update');
      return found;
    },
    delete: (name: string): Secret => {
      const secret = live(name);
      secret.deletedAt = seconds();
      wrote('delete');
      return secret;
    },
    recover: (name: string): Secret => {
      const secret = deleted(name);
      delete secret.deletedAt;
      wrote('recover');
      return secret;
    },
    purge: (name: string): void => {
      const secret = deleted(name);
      if (purgeProtection) {
        const message = `Operation "purge" is not allowed because purge protection is enabled for this vault: ${secret.name}`;
        throw new VaultError(403, 'Forbidden', message, 'ForbiddenByPolicy');
      }
      delete read().secrets[keyOf(name)];
      wrote('purge');
    },
    restore: (secret: Secret): Secret => {
      const existing = at(secret.name);
      if (existing?.deletedAt !== undefined) throw deletedButRecoverable(secret.name);
      if (existing)
        throw new VaultError(409, 'Conflict', `Secret ${secret.name} already exists.`, 'SecretAlreadyExists');
      read().secrets[keyOf(secret.name)] = secret;
      wrote('restore');
      return secret;
    },
  };
}

export type SecretStore = ReturnType<typeof secretStore>;

const byName = (secrets: Secret[]) => secrets.toSorted((a, b) => (a.name < b.name ? -1 : 1));
