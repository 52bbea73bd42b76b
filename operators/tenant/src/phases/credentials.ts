import { createHash } from 'node:crypto';
import { annotations, namespaceOf, type Slot, type Tenant } from '../api/tenant.ts';
import { newPassword, scramVerifier } from '../postgres/scram-verifier.ts';
import { connectionLimit, loginOf, type LoginState } from '../postgres/logins.ts';
import { blocked, done, type Phase, type TenantScope } from '../scope.ts';
import { ForeignSecret, type DatabaseCredential } from '../vault/tenant-vault.ts';
import { applyIfChanged } from './apply-if-changed.ts';
import { childLabels } from './namespace.ts';
import { durationMs } from './duration.ts';
import { secrets, type KubeSecret } from './resources.ts';

const slots = ['a', 'b'] as const;
const other = (slot: Slot): Slot => (slot === 'a' ? 'b' : 'a');

// A tag of the vault holds 256 characters and is read by more people than the annotation: a hash of the wish will do.
const rotateWish = (tenant: Tenant): string => {
  const wish = tenant.metadata.annotations?.[annotations.rotate];
  return wish === undefined ? '' : createHash('sha256').update(wish).digest('hex').slice(0, 16);
};

export const desiredDatabaseSecret = (
  tenant: Tenant,
  {
    tenantId,
    credential,
    database,
  }: { tenantId: string; credential: DatabaseCredential; database: { host: string; port: number; name: string } },
): KubeSecret => {
  const values = {
    host: database.host,
    port: String(database.port),
    dbname: database.name,
    username: loginOf(tenantId, credential.slot),
    password: credential.password,
  };
  return {
    metadata: { name: 'database', namespace: namespaceOf(tenant), labels: childLabels(tenant) },
    type: 'Opaque',
    data: Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, Buffer.from(value).toString('base64')]),
    ),
  };
};

const isDrifted = (state: LoginState): boolean => !state.rightMemberships || state.connectionLimit !== connectionLimit;

/** Both logins exist with the right attributes and memberships; what differs is repaired, nothing else is sent. */
const ensureLogins = async ({ logins }: TenantScope, tenantId: string): Promise<Record<Slot, LoginState>> => {
  const before = await logins.observe(tenantId);
  if (!before.a.exists || !before.b.exists) {
    await logins.createBoth(tenantId);
    return logins.observe(tenantId);
  }
  const drifted = slots.filter((slot) => !before[slot].isTenantJob || before[slot].connectionLimit !== connectionLimit);
  for (const slot of drifted) await logins.repair(tenantId, slot, before[slot]);
  return drifted.length > 0 ? logins.observe(tenantId) : before;
};

/** Whether the next password is due: by age, or by the annotation. */
export const rotationDue = (tenant: Tenant, credential: DatabaseCredential, now: Date): boolean => {
  const wish = rotateWish(tenant);
  if (wish !== '' && wish !== credential.rotate) return true;
  return now.getTime() >= credential.createdAt.getTime() + durationMs(tenant.spec.credentials.rotateEvery);
};

/** The credential that jobs shall use, with its login open: a pending one is carried on from wherever a crash left it. */
const openCredential = async (scope: TenantScope, tenantId: string): Promise<DatabaseCredential> => {
  const { vault, logins, tenant, now } = scope;
  const latest = await vault.latest(tenantId);
  const rotate = rotateWish(tenant);
  if (latest === 'disabled') await vault.reopen(tenantId);
  if (!latest || latest === 'disabled') return vault.begin(tenantId, { slot: 'a', password: newPassword(), rotate });
  if (latest.state === 'current' && rotationDue(tenant, latest, now())) {
    // The idle slot is closed before it gets a new password: whoever still uses it has outstayed the grace.
    await logins.disable(tenantId, other(latest.slot));
    return vault.begin(tenantId, {
      slot: other(latest.slot),
      password: newPassword(),
      rotate: rotate || latest.rotate,
    });
  }
  return latest;
};

const ensureOpen = async (
  { logins }: TenantScope,
  tenantId: string,
  { slot, password }: DatabaseCredential,
): Promise<boolean> => {
  if (await logins.opens(tenantId, slot, password)) return true;
  await logins.enable(tenantId, slot, await scramVerifier(password));
  return logins.opens(tenantId, slot, password);
};

/** Closes the slot that is no longer used, once the grace is over. Milliseconds until then, or undefined when it is closed. */
const retireOther = async (
  scope: TenantScope,
  tenantId: string,
  credential: DatabaseCredential,
  states: Record<Slot, LoginState>,
): Promise<number | undefined> => {
  const idle = other(credential.slot);
  if (!states[idle].canLogin) return undefined;
  const graceEnds = credential.createdAt.getTime() + durationMs(scope.tenant.spec.credentials.grace);
  const leftMs = graceEnds - scope.now().getTime();
  if (leftMs > 0) return leftMs;
  await scope.logins.disable(tenantId, idle);
  return undefined;
};

/**
 * The tenant's database login: vault first, then PostgreSQL (a verifier only), a login to prove it, the Secret, and the
 * vault's tag last. At every instant one login works; after a crash the vault's tags and the catalog say where to go on.
 */
export const credentialsPhase: Phase = async (scope) => {
  const { tenant, vault, kube, config, tenantId } = scope;
  if (tenantId === undefined) throw new Error('The phase Registered comes first');
  const states = await ensureLogins(scope, tenantId);
  let credential: DatabaseCredential;
  try {
    credential = await openCredential(scope, tenantId);
  } catch (error) {
    if (!(error instanceof ForeignSecret)) throw error;
    return [blocked('SecretsReady', 'SecretTaken', error.message)];
  }
  if (!(await ensureOpen(scope, tenantId, credential))) {
    return [
      blocked(
        'DatabaseReady',
        'LoginRefused',
        `The login ${loginOf(tenantId, credential.slot)} does not open with the password of the vault`,
      ),
    ];
  }
  await applyIfChanged(
    kube,
    secrets,
    desiredDatabaseSecret(tenant, { tenantId, credential, database: config.jobDatabase }),
  );
  if (credential.state === 'pending') await vault.markCurrent(tenantId, credential);
  const graceMs = await retireOther(scope, tenantId, credential, states);
  const nextRotation = new Date(credential.createdAt.getTime() + durationMs(tenant.spec.credentials.rotateEvery));
  scope.database = {
    activeSlot: credential.slot,
    rotatedAt: seconds(credential.createdAt),
    nextRotationAt: seconds(nextRotation),
  };
  const requeueAfterMs = Math.min(
    graceMs ?? Number.POSITIVE_INFINITY,
    Math.max(1_000, nextRotation.getTime() - scope.now().getTime()),
    3_600_000,
  );
  const wrong = slots.find((slot) => isDrifted(states[slot]));
  return [
    wrong === undefined
      ? done('DatabaseReady', 'LoginsReady', '', requeueAfterMs)
      : blocked(
          'DatabaseReady',
          'LoginDrifted',
          `The login ${loginOf(tenantId, wrong)} has other rights than membership of tenant_job; an administrator must revoke them`,
          requeueAfterMs,
        ),
    done('SecretsReady', 'SecretsReady'),
  ];
};

const seconds = (date: Date): string => `${date.toISOString().slice(0, 19)}Z`;
