import type { KeyVaultSecret, SecretClient, SecretProperties } from '@azure/keyvault-secrets';
import { NotLeading } from '@legendops/operator-runtime/lease/only-while';
import { fieldManager, hexOf, isSlot, type Slot } from '../api/tenant.ts';
import { secretWriters, vendorSecrets, type SecretKind } from '../api/vendors.ts';
import { isDeletedButThere, isDisabled, isMissing, vaultCall } from './vault-call.ts';
import type { VaultClients } from './vault-clients.ts';

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

const secretName = (tenantId: string, kind: SecretKind): string => `tenant-${hexOf(tenantId)}-${kind}`;

export const databaseSecretName = (tenantId: string): string => secretName(tenantId, 'database');

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

type Call<T> = (client: SecretClient, options: { abortSignal: AbortSignal }) => Promise<T>;

const secretKinds: readonly SecretKind[] = ['database', ...vendorSecrets];

/**
 * Key Vault behind the few things that the operator does with it. What others write is known by its properties alone:
 * in their vaults it may list, update and delete, and reads no value.
 */
export const createTenantVault = (clients: VaultClients): TenantVault => {
  const ask = <T>(kind: SecretKind, operation: string, call: Call<T>): Promise<T> => {
    const writer = secretWriters[kind];
    return vaultCall({ writer, operation }, (options) => call(clients[writer], options));
  };

  const read = async (name: string): Promise<KeyVaultSecret | 'disabled' | undefined> => {
    try {
      return await ask('database', 'get', (client, options) => client.getSecret(name, options));
    } catch (error) {
      if (isMissing(error)) return undefined;
      if (isDisabled(error)) return 'disabled';
      throw error;
    }
  };

  /** Newest first; none of a secret that is not there. */
  const versionsOf = async (tenantId: string, kind: SecretKind): Promise<SecretProperties[]> => {
    const found: SecretProperties[] = [];
    try {
      await ask(kind, 'list-versions', async (client, options) => {
        const all = client.listPropertiesOfSecretVersions(secretName(tenantId, kind), options);
        for await (const version of all) found.push(version);
      });
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
    return found.toSorted((a, b) => (b.createdOn?.getTime() ?? 0) - (a.createdOn?.getTime() ?? 0));
  };

  const closeVersion = async (kind: SecretKind, { name, version, enabled, tags }: SecretProperties): Promise<void> => {
    if (enabled === false || version === undefined) return;
    await ask(kind, 'update', (client, options) =>
      client.updateSecretProperties(name, version, {
        ...options,
        enabled: false,
        tags: { ...tags, [closedTag]: managedBy },
      }),
    );
  };

  const openVersion = async (kind: SecretKind, { name, version, tags }: SecretProperties): Promise<void> => {
    const { [closedTag]: closedBy, ...others } = tags ?? {};
    if (closedBy !== managedBy || version === undefined) return;
    await ask(kind, 'update', (client, options) =>
      client.updateSecretProperties(name, version, { ...options, enabled: true, tags: others }),
    );
  };

  // A soft-deleted secret blocks its name. Recovering one whose tags are not ours would hand out another's secret.
  const recover = async (name: string, tenantId: string): Promise<void> => {
    const deleted = await ask('database', 'get-deleted', (client, options) => client.getDeletedSecret(name, options));
    if (!isOurs(deleted.properties.tags, tenantId))
      throw new ForeignSecret(`The vault keeps a deleted secret ${name} of somebody else; its owner must purge it`);
    await ask('database', 'recover', (client, options) =>
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
      ask('database', 'set', (client, options) =>
        client.setSecret(name, password, { ...options, tags, contentType: 'text/plain' }),
      );
    try {
      return credentialOf(await set(), tenantId);
    } catch (error) {
      if (!isDeletedButThere(error)) throw error;
      await recover(name, tenantId);
      return credentialOf(await set(), tenantId);
    }
  };

  /**
   * Does the work with each secret that is this tenant's by its tags: one that only has the name is left alone. A vault
   * that does not do it holds up no other; then the first failure is thrown.
   */
  const withOwn = async (
    tenantId: string,
    kinds: readonly SecretKind[],
    work: (kind: SecretKind, versions: readonly SecretProperties[]) => Promise<unknown>,
  ): Promise<void> => {
    const failures: unknown[] = [];
    for (const kind of kinds) {
      try {
        const versions = await versionsOf(tenantId, kind);
        if (versions[0]?.tags?.tenant === tenantId) await work(kind, versions);
      } catch (error) {
        if (error instanceof NotLeading) throw error;
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  };

  return {
    latest: async (tenantId) => {
      const name = databaseSecretName(tenantId);
      const secret = await read(name);
      if (secret !== 'disabled') return secret && credentialOf(secret, tenantId);
      const tags: Tags = (await versionsOf(tenantId, 'database'))[0]?.tags;
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
      await ask('database', 'update', (client, options) =>
        client.updateSecretProperties(databaseSecretName(tenantId), credential.version, { ...options, tags }),
      );
      return { ...credential, state: 'current', currentSince: now, owner };
    },
    disable: (tenantId) =>
      withOwn(tenantId, secretKinds, async (kind, versions) => {
        for (const version of versions) await closeVersion(kind, version);
      }),
    reopen: (tenantId) =>
      withOwn(tenantId, vendorSecrets, async (kind, [newest]) => {
        if (newest) await openVersion(kind, newest);
      }),
    remove: (tenantId) =>
      withOwn(tenantId, secretKinds, (kind) =>
        ask(kind, 'delete', (client, options) => client.beginDeleteSecret(secretName(tenantId, kind), options)),
      ),
  };
};
