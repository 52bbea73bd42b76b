import type { KeyVaultSecret, SecretClient, SecretProperties } from '@azure/keyvault-secrets';
import { fieldManager, hexOf, isSlot, type Slot } from '../api/tenant.ts';
import { vaultedVendors } from '../api/vendors.ts';
import { isDeletedButThere, isDisabled, isMissing, vaultCall } from './vault-call.ts';

export interface DatabaseCredential {
  slot: Slot;
  state: 'pending' | 'current';
  password: string;
  version: string;
  /** By the clock of who made it, as every later question about its age. */
  createdAt: Date;
  /** When jobs got it; unknown while it is pending. */
  currentSince: Date | undefined;
  /** Which request of the rotate annotation led to it. */
  rotate: string;
  /** The uid of the resource that it was made for; unknown of one that was made before this was written down. */
  owner: string | undefined;
}

export interface TenantVault {
  /** The newest credential of the tenant; undefined when there is none. ForeignSecret, SecretDisabled. */
  latest(tenantId: string): Promise<DatabaseCredential | 'retained' | undefined>;
  /** Stores a new password as pending, before anything uses it. */
  begin(
    tenantId: string,
    desired: { slot: Slot; password: string; rotate: string; owner: string; now: Date },
  ): Promise<DatabaseCredential>;
  /** Jobs of this owner have it now. */
  markCurrent(
    tenantId: string,
    credential: DatabaseCredential,
    at: { now: Date; owner: string },
  ): Promise<DatabaseCredential>;
  /** Keeps the tenant's secrets, readable by nobody until it is adopted. */
  disable(tenantId: string): Promise<void>;
  /** Opens the vendors' secrets that `disable` closed; the database login gets a new password instead. */
  reopen(tenantId: string): Promise<void>;
  /** Soft-deletes every secret of the tenant, those of its vendors too. */
  remove(tenantId: string): Promise<void>;
}

/** The name is in use by a secret that is not this tenant's: never overwritten, never recovered. */
export class ForeignSecret extends Error {
  override readonly name = 'ForeignSecret';
}

/** A person shut the secret, and has a reason: it is neither opened nor replaced. */
export class SecretDisabled extends Error {
  override readonly name = 'SecretDisabled';

  constructor(secret: string) {
    super(`The vault's secret ${secret} was disabled by somebody; enable or remove it when jobs may log in again`);
  }
}

const managedBy = fieldManager;
// A tag of what was closed by us when its tenant was retained: only that is opened again.
const closedTag = 'closed-by';
const recoverAttempts = 30;
const recoverPauseMs = 500;

export const databaseSecretName = (tenantId: string): string => `tenant-${hexOf(tenantId)}-database`;

const createdTag = 'created-at';

const dateOf = (text: string | undefined): Date | undefined => {
  const date = new Date(text ?? '');
  return Number.isNaN(date.getTime()) ? undefined : date;
};

type Tags = Record<string, string> | undefined;

const isOurs = (tags: Tags, tenantId: string): boolean =>
  tags?.['managed-by'] === managedBy && tags.tenant === tenantId;

const credentialOf = (secret: KeyVaultSecret, tenantId: string): DatabaseCredential => {
  const { tags, version, createdOn } = secret.properties;
  if (!isOurs(tags, tenantId))
    throw new ForeignSecret(`The vault's secret ${secret.name} was not made for this tenant; remove it from the vault`);
  const slot = tags?.slot;
  const state = tags?.state;
  if (!isSlot(slot) || (state !== 'pending' && state !== 'current') || !version || secret.value === undefined) {
    throw new ForeignSecret(`The vault's secret ${secret.name} has no usable tags; remove it from the vault`);
  }
  return {
    slot,
    state,
    password: secret.value,
    version,
    // Before this tag there was the vault's own time alone.
    createdAt: dateOf(tags?.[createdTag]) ?? createdOn ?? new Date(0),
    currentSince: dateOf(tags?.['current-since']),
    rotate: tags?.rotate ?? '',
    owner: tags?.owner,
  };
};

const suffixes = ['database', ...vaultedVendors];

/** Key Vault behind the few things that the operator does with it. */
export const createTenantVault = (client: SecretClient): TenantVault => {
  const read = async (name: string): Promise<KeyVaultSecret | 'disabled' | undefined> => {
    try {
      return await vaultCall('get', (options) => client.getSecret(name, options));
    } catch (error) {
      if (isMissing(error)) return undefined;
      if (isDisabled(error)) return 'disabled';
      throw error;
    }
  };

  const versionsOf = (name: string): Promise<SecretProperties[]> =>
    vaultCall('list-versions', async (options) => {
      const found: SecretProperties[] = [];
      for await (const version of client.listPropertiesOfSecretVersions(name, options)) found.push(version);
      return found.toSorted((a, b) => (b.createdOn?.getTime() ?? 0) - (a.createdOn?.getTime() ?? 0));
    });

  const closeVersion = async (name: string, { version, enabled, tags }: SecretProperties): Promise<void> => {
    if (enabled === false || version === undefined) return;
    await vaultCall('update', (options) =>
      client.updateSecretProperties(name, version, {
        ...options,
        enabled: false,
        tags: { ...tags, [closedTag]: managedBy },
      }),
    );
  };

  const openVersion = async (name: string, { version, tags }: SecretProperties): Promise<void> => {
    const { [closedTag]: closedBy, ...others } = tags ?? {};
    if (closedBy !== managedBy || version === undefined) return;
    await vaultCall('update', (options) =>
      client.updateSecretProperties(name, version, { ...options, enabled: true, tags: others }),
    );
  };

  // A soft-deleted secret blocks its name. Recovering one whose tags are not ours would hand out another's secret.
  const recover = async (name: string, tenantId: string): Promise<void> => {
    const deleted = await vaultCall('get-deleted', (options) => client.getDeletedSecret(name, options));
    if (!isOurs(deleted.properties.tags, tenantId))
      throw new ForeignSecret(`The vault keeps a deleted secret ${name} of somebody else; its owner must purge it`);
    await vaultCall('recover', (options) =>
      client.beginRecoverDeletedSecret(name, { ...options, intervalInMs: recoverPauseMs }),
    );
    for (let attempt = 0; attempt < recoverAttempts && !(await read(name)); attempt += 1) {
      await new Promise((resolve) => setTimeout(resolve, recoverPauseMs));
    }
  };

  const begin: TenantVault['begin'] = async (tenantId, { slot, password, rotate, owner, now }) => {
    const name = databaseSecretName(tenantId);
    const tags = {
      'managed-by': managedBy,
      tenant: tenantId,
      slot,
      state: 'pending',
      [createdTag]: now.toISOString(),
      rotate,
      owner,
    };
    const set = () =>
      vaultCall('set', (options) => client.setSecret(name, password, { ...options, tags, contentType: 'text/plain' }));
    try {
      return credentialOf(await set(), tenantId);
    } catch (error) {
      if (!isDeletedButThere(error)) throw error;
      await recover(name, tenantId);
      return credentialOf(await set(), tenantId);
    }
  };

  const tagsOf = async (name: string, secret: KeyVaultSecret | 'disabled'): Promise<Tags> =>
    secret === 'disabled' ? (await versionsOf(name))[0]?.tags : secret.properties.tags;

  /** The secrets that are this tenant's by their tags: one that only has the name is never closed or removed. */
  const ownNames = async (tenantId: string, of: readonly string[]): Promise<string[]> => {
    const names: string[] = [];
    for (const suffix of of) {
      const name = `tenant-${hexOf(tenantId)}-${suffix}`;
      const secret = await read(name);
      if (secret !== undefined && (await tagsOf(name, secret))?.tenant === tenantId) names.push(name);
    }
    return names;
  };

  return {
    latest: async (tenantId) => {
      const name = databaseSecretName(tenantId);
      const secret = await read(name);
      if (secret !== 'disabled') return secret && credentialOf(secret, tenantId);
      const tags = await tagsOf(name, secret);
      if (!isOurs(tags, tenantId))
        throw new ForeignSecret(`The vault's secret ${name} was not made for this tenant; remove it from the vault`);
      if (tags?.[closedTag] !== managedBy) throw new SecretDisabled(name);
      return 'retained';
    },
    begin,
    markCurrent: async (tenantId, credential, { now, owner }) => {
      const { slot, rotate } = credential;
      const since = now.toISOString();
      const tags = {
        'managed-by': managedBy,
        tenant: tenantId,
        slot,
        state: 'current',
        [createdTag]: credential.createdAt.toISOString(),
        'current-since': since,
        rotate,
        owner,
      };
      await vaultCall('update', (options) =>
        client.updateSecretProperties(databaseSecretName(tenantId), credential.version, { ...options, tags }),
      );
      return { ...credential, state: 'current', currentSince: now, owner };
    },
    disable: async (tenantId) => {
      for (const name of await ownNames(tenantId, suffixes)) {
        for (const version of await versionsOf(name)) await closeVersion(name, version);
      }
    },
    reopen: async (tenantId) => {
      for (const name of await ownNames(tenantId, vaultedVendors)) {
        const [newest] = await versionsOf(name);
        if (newest) await openVersion(name, newest);
      }
    },
    remove: async (tenantId) => {
      for (const name of await ownNames(tenantId, suffixes))
        await vaultCall('delete', (options) => client.beginDeleteSecret(name, options));
    },
  };
};
