import type { Secret, SecretVersion } from './secret-store.ts';

const retentionDays = 90;

/** The JSON shapes of the service. `url` is the vault's own address: clients parse ids and refuse other origins. */
export function vaultPresenter(url: () => string, purgeProtection: boolean) {
  const attributes = ({ enabled, nbf, exp, created, updated }: SecretVersion) => ({
    enabled,
    nbf,
    exp,
    created,
    updated,
    recoveryLevel: purgeProtection ? 'Recoverable' : 'Recoverable+Purgeable',
    recoverableDays: retentionDays,
  });
  const item = (id: string, version: SecretVersion) => ({
    id,
    attributes: attributes(version),
    tags: version.tags,
    contentType: version.contentType,
  });
  const latest = ({ name, versions }: Secret): SecretVersion => {
    const version = versions.at(-1);
    if (!version) throw new Error(`Secret ${name} has no version`);
    return version;
  };
  const idOf = (name: string, version?: string) =>
    `${url()}/secrets/${name}${version === undefined ? '' : `/${version}`}`;
  const removal = ({ name, deletedAt = 0 }: Secret) => ({
    recoveryId: `${url()}/deletedsecrets/${name}`,
    deletedDate: deletedAt,
    scheduledPurgeDate: deletedAt + retentionDays * 24 * 60 * 60,
  });

  return {
    bundle: (name: string, version: SecretVersion) => ({
      value: version.value,
      ...item(idOf(name, version.version), version),
    }),
    withoutValue: (name: string, version: SecretVersion) => item(idOf(name, version.version), version),
    listed: (secret: Secret) => item(idOf(secret.name), latest(secret)),
    listedVersion: (name: string, version: SecretVersion) => item(idOf(name, version.version), version),
    latestBundle: (secret: Secret) => item(idOf(secret.name, latest(secret).version), latest(secret)),
    deletedBundle: (secret: Secret) => ({
      ...item(idOf(secret.name, latest(secret).version), latest(secret)),
      ...removal(secret),
    }),
    listedDeleted: (secret: Secret) => ({ ...item(idOf(secret.name), latest(secret)), ...removal(secret) }),
  };
}

export type VaultPresenter = ReturnType<typeof vaultPresenter>;
