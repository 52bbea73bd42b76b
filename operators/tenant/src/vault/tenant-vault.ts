import type { KeyVaultSecret, SecretClient, SecretProperties } from '@azure/keyvault-secrets';
import { fieldManager, hexOf, type Slot } from '../api/tenant.ts';
import { isDeletedButThere, isDisabled, isMissing, vaultCall } from './vault-call.ts';

export interface DatabaseCredential {
  slot: Slot;
  state: 'pending' | 'current';
  password: string;
  version: string;
  createdAt: Date;
  /** Which wish of the rotate annotation led to it. */
  rotate: string;
}

export interface TenantVault {
  /** The newest credential of the tenant; undefined when there is none, `disabled` when the tenant was retained. */
  latest(tenantId: string): Promise<DatabaseCredential | 'disabled' | undefined>;
  /** Stores a new password as pending, before anything uses it. */
  begin(tenantId: string, wanted: { slot: Slot; password: string; rotate: string }): Promise<DatabaseCredential>;
  markCurrent(tenantId: string, credential: DatabaseCredential): Promise<void>;
  /** Keeps the tenant's secrets, readable by nobody until enabled again. */
  disable(tenantId: string): Promise<void>;
  /** Opens the vendors' secrets of a tenant that was retained; its database login gets a new password instead. */
  reopen(tenantId: string): Promise<void>;
  /** Soft-deletes every secret of the tenant, those of its vendors too. */
  remove(tenantId: string): Promise<void>;
}

/** The name is in use by a secret that is not this tenant's: never overwritten, never recovered. */
export class ForeignSecret extends Error {
  override readonly name = 'ForeignSecret';
}

const managedBy = fieldManager;
const recoverAttempts = 30;
const recoverPauseMs = 500;

export const databaseSecretName = (tenantId: string): string => `tenant-${hexOf(tenantId)}-database`;

type Tags = Record<string, string> | undefined;

const isOurs = (tags: Tags, tenantId: string): boolean =>
  tags?.['managed-by'] === managedBy && tags.tenant === tenantId;

const credentialOf = (secret: KeyVaultSecret, tenantId: string): DatabaseCredential => {
  const { tags, version, createdOn } = secret.properties;
  if (!isOurs(tags, tenantId))
    throw new ForeignSecret(`The vault's secret ${secret.name} was not made for this tenant`);
  const slot = tags?.slot;
  const state = tags?.state;
  if (
    (slot !== 'a' && slot !== 'b') ||
    (state !== 'pending' && state !== 'current') ||
    !version ||
    secret.value === undefined
  ) {
    throw new ForeignSecret(`The vault's secret ${secret.name} has no usable tags`);
  }
  return {
    slot,
    state,
    password: secret.value,
    version,
    createdAt: createdOn ?? new Date(0),
    rotate: tags?.rotate ?? '',
  };
};

const vendorSuffixes = ['pax8', 'quickbooks'];
const suffixes = ['database', ...vendorSuffixes];

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

  const setEnabled = async (name: string, { version, enabled }: SecretProperties, wanted: boolean): Promise<void> => {
    if (enabled === wanted || version === undefined) return;
    await vaultCall('update', (options) =>
      client.updateSecretProperties(name, version, { ...options, enabled: wanted }),
    );
  };

  // A soft-deleted secret blocks its name. Recovering one whose tags are not ours would hand out another's secret.
  const recover = async (name: string, tenantId: string): Promise<void> => {
    const deleted = await vaultCall('get-deleted', (options) => client.getDeletedSecret(name, options));
    if (!isOurs(deleted.properties.tags, tenantId))
      throw new ForeignSecret(`The vault keeps a deleted secret ${name} of somebody else`);
    await vaultCall('recover', (options) =>
      client.beginRecoverDeletedSecret(name, { ...options, intervalInMs: recoverPauseMs }),
    );
    for (let attempt = 0; attempt < recoverAttempts && !(await read(name)); attempt += 1) {
      await new Promise((resolve) => setTimeout(resolve, recoverPauseMs));
    }
  };

  const begin: TenantVault['begin'] = async (tenantId, { slot, password, rotate }) => {
    const name = databaseSecretName(tenantId);
    const tags = { 'managed-by': managedBy, tenant: tenantId, slot, state: 'pending', rotate };
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
      if (!isOurs(await tagsOf(name, secret), tenantId))
        throw new ForeignSecret(`The vault's secret ${name} was not made for this tenant`);
      return 'disabled';
    },
    begin,
    markCurrent: async (tenantId, credential) => {
      const { slot, rotate } = credential;
      const tags = { 'managed-by': managedBy, tenant: tenantId, slot, state: 'current', rotate };
      await vaultCall('update', (options) =>
        client.updateSecretProperties(databaseSecretName(tenantId), credential.version, { ...options, tags }),
      );
    },
    disable: async (tenantId) => {
      for (const name of await ownNames(tenantId, suffixes)) {
        for (const version of await versionsOf(name)) await setEnabled(name, version, false);
      }
    },
    reopen: async (tenantId) => {
      for (const name of await ownNames(tenantId, vendorSuffixes)) {
        const [newest] = await versionsOf(name);
        if (newest) await setEnabled(name, newest, true);
      }
    },
    remove: async (tenantId) => {
      for (const name of await ownNames(tenantId, suffixes))
        await vaultCall('delete', (options) => client.beginDeleteSecret(name, options));
    },
  };
};
