import { isInvalid, StatusError } from '@legendops/operator-runtime/client/status-error';
import { ChangedByAdmission } from '@legendops/operator-runtime/controller/unsettled-object';
import { namespaceOf, type Slot, type Tenant } from '../api/tenant.ts';
import type { OperatorConfig } from '../config.ts';
import { loginOf, type LoginState } from '../postgres/logins.ts';
import { scramVerifier } from '@legendops/kit/config/scram-verifier';
import { done, needsPerson, type Phase, type PhaseOutcome, type TenantScope } from '../scope.ts';
import { ForeignSecret, SecretDisabled, type DatabaseCredential } from '../vault/tenant-vault.ts';
import { durationMs } from './duration.ts';
import { childLabels } from './namespace.ts';
import { secrets, type KubeSecret } from './resources.ts';
import { retireOther, wantedCredential } from './rotation.ts';

const slots = ['a', 'b'] as const;

export const desiredDatabaseSecret = (
  tenant: Tenant,
  {
    tenantId,
    credential,
    database,
  }: { tenantId: string; credential: DatabaseCredential; database: OperatorConfig['jobDatabase'] },
): KubeSecret => {
  const values = {
    host: database.host,
    port: String(database.port),
    dbname: database.name,
    username: loginOf(tenantId, credential.slot),
    password: credential.password,
    ...(database.sslMode !== undefined && { sslmode: database.sslMode }),
  };
  return {
    metadata: { name: 'database', namespace: namespaceOf(tenant), labels: childLabels(tenant) },
    type: 'Opaque',
    data: Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, Buffer.from(value).toString('base64')]),
    ),
  };
};

/** Both logins exist, and are as they were made; what differs is set right where a provisioner can. */
const ensureLogins = async (
  { logins, log, tenant }: TenantScope,
  tenantId: string,
): Promise<Record<Slot, LoginState>> => {
  const before = await logins.observe(tenantId);
  if (!before.a.exists || !before.b.exists) return logins.createBoth(tenantId, before);
  const drifted = slots.filter((slot) => before[slot].differences.repairs.length > 0);
  for (const slot of drifted) {
    const { repairs } = before[slot].differences;
    log.warn({ tenant: tenant.metadata.name, login: loginOf(tenantId, slot), repairs }, 'a login had been changed');
    await logins.repair(tenantId, slot, before[slot]);
  }
  return drifted.length > 0 ? logins.observe(tenantId) : before;
};

const ensureOpen = async (
  { logins }: TenantScope,
  tenantId: string,
  { slot, password }: DatabaseCredential,
  states: Record<Slot, LoginState>,
): Promise<boolean> => {
  // One that is closed opens with no password: to try it would cost a connection and prove nothing.
  if (states[slot].canLogin && (await logins.opens(tenantId, slot, password))) return true;
  await logins.enable(tenantId, slot, { verifier: await scramVerifier(password), state: states[slot] });
  return logins.opens(tenantId, slot, password);
};

/** Where a login has more than it should, or what we could not set right: an administrator must. */
const databaseOutcome = (tenantId: string, states: Record<Slot, LoginState>, requeueAfterMs: number): PhaseOutcome => {
  const wrong = slots.find(
    (slot) => states[slot].differences.excess.length + states[slot].differences.repairs.length > 0,
  );
  if (wrong === undefined) return done('DatabaseReady', 'LoginsReady', '', requeueAfterMs);
  const { excess, repairs } = states[wrong].differences;
  const said = [...excess, ...repairs.map((repair) => `without ${repair}`)].join('; ');
  return needsPerson(
    'DatabaseReady',
    'LoginDrifted',
    `The login ${loginOf(tenantId, wrong)} was changed by somebody whose changes the operator cannot undo: ${said}. An administrator must`,
    requeueAfterMs,
  );
};

/** Somebody made it immutable, or of another type: no apply changes that. */
const secretRefused = ({ metadata: { name, namespace } }: KubeSecret): PhaseOutcome =>
  needsPerson(
    'SecretsReady',
    'SecretRefused',
    `The Secret ${name} in ${namespace} cannot be changed; is it immutable, or of another type? Remove it: it is made again`,
  );

/** Admission changed a label, say: jobs have the password, and the rotation must not stand still half done. */
const holdsCredential = ({ differences }: ChangedByAdmission): boolean =>
  differences.every(({ field }) => field.startsWith('metadata'));

/**
 * The tenant's database login: vault first, then PostgreSQL (a verifier only), a login to prove it, the Secret, and the
 * vault's tag last. At every instant one login works; after a crash the vault's tags and the catalog say where to go on.
 */
export const credentialsPhase: Phase = async (scope) => {
  const { tenant, vault, applier, config, tenantId } = scope;
  if (tenantId === undefined) throw new Error('The phase Registered comes first');
  const states = await ensureLogins(scope, tenantId);
  const now = await scope.certainNow();
  let credential: DatabaseCredential;
  try {
    credential = await wantedCredential(scope, tenantId, { states, now });
  } catch (error) {
    if (error instanceof ForeignSecret) return [needsPerson('SecretsReady', 'SecretTaken', error.message)];
    if (error instanceof SecretDisabled) return [needsPerson('SecretsReady', error.name, error.message)];
    throw error;
  }
  if (!(await ensureOpen(scope, tenantId, credential, states))) {
    return [
      needsPerson(
        'DatabaseReady',
        'LoginRefused',
        `The login ${loginOf(tenantId, credential.slot)} does not open with the password of the vault`,
      ),
    ];
  }
  const secret = desiredDatabaseSecret(tenant, { tenantId, credential, database: config.jobDatabase });
  let changed: ChangedByAdmission | undefined;
  try {
    await applier.ensure(secrets, secret, { isNew: scope.isNewNamespace ?? false });
  } catch (error) {
    if (error instanceof StatusError && isInvalid(error)) return [secretRefused(secret)];
    if (!(error instanceof ChangedByAdmission) || !holdsCredential(error)) throw error;
    changed = error;
  }
  if (credential.state === 'pending') {
    const at = { now, owner: tenant.metadata.uid ?? '' };
    credential = await vault.markCurrent(tenantId, credential, at);
  }
  const graceMs = await retireOther(scope, tenantId, { credential, states, now });
  const nextRotation = new Date(credential.createdAt.getTime() + durationMs(tenant.spec.credentials.rotateEvery));
  scope.database = {
    activeSlot: credential.slot,
    rotatedAt: seconds(credential.createdAt),
    nextRotationAt: seconds(nextRotation),
  };
  const requeueAfterMs = Math.min(
    graceMs ?? Number.POSITIVE_INFINITY,
    Math.max(1_000, nextRotation.getTime() - now.getTime()),
    3_600_000,
  );
  if (changed) throw changed;
  return [databaseOutcome(tenantId, states, requeueAfterMs), done('SecretsReady', 'SecretsReady')];
};

const seconds = (date: Date): string => `${date.toISOString().slice(0, 19)}Z`;
