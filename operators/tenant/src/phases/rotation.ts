import { createHash } from 'node:crypto';
import { durationMs } from '../api/duration.ts';
import { annotations, namespaceOf, slots, type Slot, type Tenant } from '../api/tenant.ts';
import { loginOf, type SeenServer } from '../postgres/logins.ts';
import { newPassword } from '@legendops/kit/config/scram-verifier';
import type { Facts } from '../phase.ts';
import type { TenantScope } from '../scope.ts';
import type { DatabaseCredential } from '../vault/tenant-vault.ts';
import { secrets } from '../owned/resources.ts';

/** What the credentials of a tenant need: whose they are, and where its jobs are. */
export type CredentialScope = TenantScope & Pick<Facts, 'registration' | 'namespace'>;

export const other = (slot: Slot): Slot => (slot === 'a' ? 'b' : 'a');

// A tag of the vault holds 256 characters and is read by more people than the annotation: a hash of the request will do.
const rotationRequestOf = (tenant: Tenant): string => {
  const request = tenant.metadata.annotations?.[annotations.rotate];
  return request === undefined ? '' : createHash('sha256').update(request).digest('hex').slice(0, 16);
};

/** Whether the next password is due: by age, by the annotation, or because jobs of another resource have the last one. */
export const rotationDue = (tenant: Tenant, credential: DatabaseCredential, now: Date): boolean => {
  if (credential.owner !== undefined && credential.owner !== tenant.metadata.uid) return true;
  const request = rotationRequestOf(tenant);
  if (request !== '' && request !== credential.rotate) return true;
  return now.getTime() >= credential.createdAt.getTime() + durationMs(tenant.spec.credentials.rotateEvery);
};

interface InUse {
  slot: Slot;
  password: string;
}

/** What the tenant's jobs log in with: the Secret says it, whatever the vault says. */
const inUse = async ({ kube, tenant, registration, namespace }: CredentialScope): Promise<InUse | undefined> => {
  if (namespace.isNew) return undefined;
  const secret = await kube.read(secrets, { name: 'database', namespace: namespaceOf(tenant) });
  const valueOf = (key: string): string => Buffer.from(secret?.data?.[key] ?? '', 'base64').toString();
  const slot = slots.find((one) => loginOf(registration.tenantId, one) === valueOf('username'));
  return slot && { slot, password: valueOf('password') };
};

/** Where a slot is open, or was being closed. */
const whereOpen = (servers: readonly SeenServer[], slot: Slot): SeenServer[] =>
  servers.filter(({ states }) => states[slot].canLogin || states[slot].isClosing);

/** A new password for the other slot, which is closed before: a rotation within the grace of the last one ends that grace. */
const begin = async (
  { vault, tenant, registration: { tenantId } }: CredentialScope,
  { slot, rotate, servers, now }: { slot: Slot; rotate?: string; servers: readonly SeenServer[]; now: Date },
): Promise<DatabaseCredential> => {
  for (const { logins } of whereOpen(servers, slot)) await logins.disable(tenantId, slot);
  return vault.begin(tenantId, {
    slot,
    password: newPassword(),
    rotate: rotationRequestOf(tenant) || (rotate ?? ''),
    owner: tenant.metadata.uid ?? '',
    now,
  });
};

/** The credential that jobs shall use: a pending one is carried on from wherever a crash left it. */
export const desiredCredential = async (
  scope: CredentialScope,
  { servers, now }: { servers: readonly SeenServer[]; now: Date },
): Promise<DatabaseCredential> => {
  const { vault, tenant, registration } = scope;
  const { tenantId, isNew } = registration;
  const latest = isNew ? undefined : await vault.latest(tenantId);
  if (latest === 'retained' || (latest === undefined && !isNew)) await vault.reopen(tenantId);
  if (!latest || latest === 'retained') {
    const used = await inUse(scope);
    return begin(scope, { slot: used ? other(used.slot) : 'a', servers, now });
  }
  if (latest.state === 'pending') {
    // A process that was paused past its lease may have stored it after the next one had filled the same slot. Carried
    // on it would change the password that jobs use.
    const used = await inUse(scope);
    if (used?.slot !== latest.slot || used.password === latest.password) return latest;
    return begin(scope, { slot: other(latest.slot), rotate: latest.rotate, servers, now });
  }
  if (!rotationDue(tenant, latest, now)) return latest;
  return begin(scope, { slot: other(latest.slot), rotate: latest.rotate, servers, now });
};

/**
 * Closes the slot that is no longer used, once the grace is over, which began when jobs got the new password. Milliseconds
 * until then, or undefined when it is closed.
 */
export const retireOther = async (
  { tenant, registration }: CredentialScope,
  { credential, servers, now }: { credential: DatabaseCredential; servers: readonly SeenServer[]; now: Date },
): Promise<number | undefined> => {
  const idle = other(credential.slot);
  const open = whereOpen(servers, idle);
  if (open.length === 0) return undefined;
  const graceEnds =
    (credential.currentSince ?? credential.createdAt).getTime() + durationMs(tenant.spec.credentials.grace);
  const leftMs = graceEnds - now.getTime();
  if (leftMs > 0 && open.every(({ states }) => !states[idle].isClosing)) return leftMs;
  for (const { logins } of open) await logins.disable(registration.tenantId, idle);
  return undefined;
};
