import { isInvalid, StatusError } from '@legendops/operator-runtime/client/status-error';
import { ChangedByAdmission } from '@legendops/operator-runtime/controller/unsettled-object';
import { placeIn, type JobDatabaseName } from '@legendops/kit/jobs/database-secret';
import { durationMs } from '../api/duration.ts';
import { namespaceOf, slots, type DatabaseStatus, type Tenant } from '../api/tenant.ts';
import type { OperatorConfig } from '../config.ts';
import { lookAgainIn, say, type Outcome } from '../outcome.ts';
import { ownedObject } from '../owned/owned-object.ts';
import { secrets, type KubeSecret } from '../owned/resources.ts';
import { definePhase } from '../phase.ts';
import { lackWords } from '../postgres/login-differences.ts';
import { loginOf, type SeenServer } from '../postgres/logins.ts';
import { scramVerifier } from '@legendops/kit/config/scram-verifier';
import { ForeignSecret, SecretDisabled, type DatabaseCredential } from '../vault/tenant-vault.ts';
import { defaultsAnnotation, ensureLogins, loginDefaults } from './ensure-logins.ts';
import { retireOther, desiredCredential, type CredentialScope } from './rotation.ts';

type Said = Outcome<'DatabaseReady' | 'SecretsReady'>;

const placeValues = (
  database: JobDatabaseName,
  { [database]: { host, port, name, sslMode } }: OperatorConfig['jobDatabases'],
): Record<string, string> => {
  const place = { host, port: String(port), dbname: name, ...(sslMode !== undefined && { sslmode: sslMode }) };
  return Object.fromEntries(Object.entries(place).map(([field, value]) => [placeIn(database, field), value]));
};

export const desiredDatabaseSecret = (
  tenant: Tenant,
  {
    tenantId,
    credential,
    databases,
  }: { tenantId: string; credential: DatabaseCredential; databases: OperatorConfig['jobDatabases'] },
): KubeSecret => {
  const values = {
    ...placeValues('billing_db', databases),
    ...placeValues('portal_db', databases),
    username: loginOf(tenantId, credential.slot),
    password: credential.password,
  };
  const { metadata, ...parts } = ownedObject(tenant, 'secrets', 'database', {
    type: 'Opaque',
    data: Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, Buffer.from(value).toString('base64')]),
    ),
  });
  return { metadata: { ...metadata, annotations: { [defaultsAnnotation]: loginDefaults } }, ...parts };
};

const ensureOpenOn = async (
  { logins, states }: SeenServer,
  tenantId: string,
  { slot, password }: DatabaseCredential,
): Promise<boolean> => {
  // One that is closed opens with no password: to try it would cost a connection and prove nothing.
  if (states[slot].canLogin && (await logins.opens(tenantId, slot, password))) return true;
  await logins.enable(tenantId, slot, { verifier: await scramVerifier(password), state: states[slot] });
  return logins.opens(tenantId, slot, password);
};

const ensureOpen = async (
  servers: readonly SeenServer[],
  tenantId: string,
  credential: DatabaseCredential,
): Promise<boolean> => {
  for (const server of servers) if (!(await ensureOpenOn(server, tenantId, credential))) return false;
  return true;
};

/** Where a login has more than it should, or what we could not set right: an administrator must. */
const databaseOutcome = (tenantId: string, servers: readonly SeenServer[]): Outcome<'DatabaseReady'> => {
  for (const { states } of servers)
    for (const slot of slots) {
      const { excess, repairs } = states[slot].differences;
      const said = [...excess, ...repairs.map((repair) => lackWords[repair])];
      if (said.length > 0) return say('DatabaseReady', 'LoginDrifted', loginOf(tenantId, slot), said.join('; '));
    }
  return say('DatabaseReady', 'LoginsReady');
};

/** Admission changed a label, say: jobs have the password, and the rotation must not stand still half done. */
const holdsCredential = ({ differences }: ChangedByAdmission): boolean =>
  differences.every(({ field }) => field.startsWith('metadata'));

/** The credential that jobs shall use, or why the vault's secret is not to be touched. */
const credentialOf = async (
  scope: CredentialScope,
  at: { servers: readonly SeenServer[]; now: Date },
): Promise<DatabaseCredential | Said> => {
  try {
    return await desiredCredential(scope, at);
  } catch (error) {
    if (error instanceof ForeignSecret) return say('SecretsReady', 'SecretTaken', error.message);
    if (error instanceof SecretDisabled) return say('SecretsReady', 'SecretDisabled', error.message);
    throw error;
  }
};

/** The Secret holds the credential; what admission made of its labels, or why it does not hold it. */
const ensureSecret = async (
  { applier, namespace, tenant }: CredentialScope,
  secret: KubeSecret,
): Promise<ChangedByAdmission | Said | undefined> => {
  try {
    await applier.ensure(secrets, secret, namespace);
    return undefined;
  } catch (error) {
    // Somebody made it immutable, or of another type: no apply changes that.
    if (error instanceof StatusError && isInvalid(error))
      return say('SecretsReady', 'SecretRefused', secret.metadata.name, namespaceOf(tenant));
    if (error instanceof ChangedByAdmission && holdsCredential(error)) return error;
    throw error;
  }
};

const seconds = (date: Date): string => `${date.toISOString().slice(0, 19)}Z`;

const nextRotationOf = (tenant: Tenant, { createdAt }: DatabaseCredential): Date =>
  new Date(createdAt.getTime() + durationMs(tenant.spec.credentials.rotateEvery));

/**
 * The tenant's database login: vault first, then PostgreSQL (a verifier only), a login to prove it, the Secret, and the
 * vault's tag last. At every instant one login works; after a crash the vault's tags and the catalog say where to go on.
 */
export const credentialsPhase = definePhase({
  name: 'Credentials',
  conditions: ['DatabaseReady', 'SecretsReady'],
  needs: ['registration', 'namespace'],
  finds: ['login'],
  run: async (scope) => {
    const { tenant, vault, config, registration } = scope;
    const { tenantId } = registration;
    const servers = await ensureLogins(scope);
    const now = await scope.certainNow();
    const desired = await credentialOf(scope, { servers, now });
    if ('reason' in desired) return { outcomes: [desired] };
    if (!(await ensureOpen(servers, tenantId, desired)))
      return { outcomes: [say('DatabaseReady', 'LoginRefused', loginOf(tenantId, desired.slot))] };
    const secret = desiredDatabaseSecret(tenant, { tenantId, credential: desired, databases: config.jobDatabases });
    const failure = await ensureSecret(scope, secret);
    if (failure && 'reason' in failure) return { outcomes: [failure] };
    const credential =
      desired.state === 'pending'
        ? await vault.markCurrent(tenantId, desired, { now, owner: tenant.metadata.uid ?? '' })
        : desired;
    const graceMs = await retireOther(scope, { credential, servers, now });
    const nextRotation = nextRotationOf(tenant, credential);
    const login: DatabaseStatus = {
      activeSlot: credential.slot,
      rotatedAt: seconds(credential.createdAt),
      nextRotationAt: seconds(nextRotation),
    };
    if (failure) return { found: { login }, failure };
    const againInMs = Math.min(
      graceMs ?? Number.POSITIVE_INFINITY,
      Math.max(1_000, nextRotation.getTime() - now.getTime()),
      3_600_000,
    );
    return {
      found: { login },
      outcomes: [lookAgainIn(againInMs, databaseOutcome(tenantId, servers)), say('SecretsReady', 'SecretsReady')],
    };
  },
});
