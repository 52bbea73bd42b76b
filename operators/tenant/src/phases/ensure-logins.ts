import { createHash } from 'node:crypto';
import { group, namespaceOf, slots, type Slot } from '../api/tenant.ts';
import { secrets } from '../owned/resources.ts';
import { connectionLimit, loginSettings, type Repair } from '../postgres/login-differences.ts';
import { loginOf, type Logins, type LoginState, type SeenServer } from '../postgres/logins.ts';
import type { CredentialScope } from './rotation.ts';

/** On the Secret `database`: with which defaults the operator that wrote it makes logins. */
export const defaultsAnnotation = `${group}/login-defaults`;

/** What every login is made with, whoever's it is; another one with another version of the operator. */
export const loginDefaults = createHash('sha256')
  .update(JSON.stringify({ connectionLimit, loginSettings }))
  .digest('hex')
  .slice(0, 12);

/** Of these a new version may want others; anything else that differs, somebody changed. */
const ofDefaults: ReadonlySet<Repair> = new Set<Repair>(['connection limit', 'settings']);

/** Whether the logins were last set right by an operator that makes them as this one does; unknown of one of before. */
const areOfThisVersion = async ({ kube, tenant, namespace }: CredentialScope): Promise<boolean> => {
  if (namespace.isNew) return false;
  const secret = await kube.read(secrets, { name: 'database', namespace: namespaceOf(tenant) });
  return secret?.metadata.annotations?.[defaultsAnnotation] === loginDefaults;
};

const ensureOn = async (logins: Logins, scope: CredentialScope): Promise<Record<Slot, LoginState>> => {
  const { log, tenant, registration } = scope;
  const { tenantId, isNew } = registration;
  if (isNew) return logins.createBoth(tenantId);
  const before = await logins.observe(tenantId);
  if (slots.some((slot) => !before[slot].exists)) return logins.createBoth(tenantId, before);
  const differing = slots.filter((slot) => before[slot].differences.repairs.length > 0);
  if (differing.length === 0) return before;
  const isDrift = await areOfThisVersion(scope);
  for (const slot of differing) {
    const { repairs } = before[slot].differences;
    const of = { tenant: tenant.metadata.name, login: loginOf(tenantId, slot), repairs };
    if (isDrift || !repairs.every((repair) => ofDefaults.has(repair))) log.warn(of, 'a login had been changed');
    else log.info(of, 'a login is brought to the defaults of this version of the operator');
    await logins.repair(tenantId, slot, before[slot]);
  }
  return logins.observe(tenantId);
};

/** On every server both logins exist, and are as they were made; what differs is set right where a provisioner can. */
export const ensureLogins = async (scope: CredentialScope): Promise<SeenServer[]> => {
  const servers: SeenServer[] = [];
  for (const logins of scope.logins) servers.push({ logins, states: await ensureOn(logins, scope) });
  return servers;
};
