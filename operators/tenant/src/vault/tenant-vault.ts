import { RestError } from '@azure/core-rest-pipeline';
import type { KeyVaultSecret, SecretClient } from '@azure/keyvault-secrets';
import { hexOf, type Slot } from '../api/tenant.ts';

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
  /** The newest credential of the tenant; undefined when there is none. */
  latest(tenantId: string): Promise<DatabaseCredential | undefined>;
  /** Stores a new password as pending, before anything uses it. */
  begin(tenantId: string, wanted: { slot: Slot; password: string; rotate: string }): Promise<DatabaseCredential>;
  markCurrent(tenantId: string, credential: DatabaseCredential): Promise<void>;
  /** Keeps the tenant's secrets, readable by nobody until enabled again. */
  disable(tenantId: string): Promise<void>;
  /** Soft-deletes every secret of the tenant, those of its vendors too. */
  remove(tenantId: string): Promise<void>;
}

/** The name is in use by a secret that is not this tenant's: never overwritten, never recovered. */
export class ForeignSecret extends Error {
  override readonly name = 'ForeignSecret';
}

const managedBy = 'legendops-tenant-operator';
const recoverAttempts = 30;
const recoverPauseMs = 500;

export const databaseSecretName = (tenantId: string): string => `tenant-${hexOf(tenantId)}-database`;

const statusOf = (error: unknown): number | undefined => (error instanceof RestError ? error.statusCode : undefined);

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

/** Key Vault behind the few things that the operator does with it. */
export const createTenantVault = (client: SecretClient): TenantVault => {
  const read = async (name: string): Promise<KeyVaultSecret | undefined> => {
    try {
      return await client.getSecret(name);
    } catch (error) {
      if (statusOf(error) === 404) return undefined;
      throw error;
    }
  };

  // A soft-deleted secret blocks its name. Recovering one whose tags are not ours would hand out another's secret.
  const recover = async (name: string, tenantId: string): Promise<void> => {
    const deleted = await client.getDeletedSecret(name);
    if (!isOurs(deleted.properties.tags, tenantId))
      throw new ForeignSecret(`The vault keeps a deleted secret ${name} of somebody else`);
    await client.beginRecoverDeletedSecret(name, { intervalInMs: recoverPauseMs });
    for (let attempt = 0; attempt < recoverAttempts && !(await read(name)); attempt += 1) {
      await new Promise((resolve) => setTimeout(resolve, recoverPauseMs));
    }
  };

  const begin: TenantVault['begin'] = async (tenantId, { slot, password, rotate }) => {
    const name = databaseSecretName(tenantId);
    const tags = { 'managed-by': managedBy, tenant: tenantId, slot, state: 'pending', rotate };
    const options = { tags, contentType: 'text/plain' };
    try {
      return credentialOf(await client.setSecret(name, password, options), tenantId);
    } catch (error) {
      if (statusOf(error) !== 409) throw error;
      await recover(name, tenantId);
      return credentialOf(await client.setSecret(name, password, options), tenantId);
    }
  };

  const ownNames = async (tenantId: string): Promise<string[]> => {
    const names: string[] = [];
    for (const suffix of ['database', 'pax8', 'quickbooks']) {
      const name = `tenant-${hexOf(tenantId)}-${suffix}`;
      if (await read(name).catch((error: unknown) => statusOf(error) === 403)) names.push(name);
    }
    return names;
  };

  return {
    latest: async (tenantId) => {
      const secret = await read(databaseSecretName(tenantId));
      return secret && credentialOf(secret, tenantId);
    },
    begin,
    markCurrent: async (tenantId, credential) => {
      await client.updateSecretProperties(databaseSecretName(tenantId), credential.version, {
        tags: {
          'managed-by': managedBy,
          tenant: tenantId,
          slot: credential.slot,
          state: 'current',
          rotate: credential.rotate,
        },
      });
    },
    disable: async (tenantId) => {
      for (const name of await ownNames(tenantId)) {
        for await (const version of client.listPropertiesOfSecretVersions(name)) {
          if (version.enabled && version.version)
            await client.updateSecretProperties(name, version.version, { enabled: false });
        }
      }
    },
    remove: async (tenantId) => {
      for (const name of await ownNames(tenantId)) await client.beginDeleteSecret(name);
    },
  };
};
