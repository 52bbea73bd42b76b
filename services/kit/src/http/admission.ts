import type { IncomingMessage } from 'node:http';
import type { AccessTokenVerifier, Actor } from '../auth/actor.ts';
import { ofOpenSessions, type SessionCheck } from '../auth/session-check.ts';
import type { ServiceTokenVerifier, Workload } from '../auth/service-token.ts';
import { allows, type Permission } from '../contract/permissions.ts';
import type { RegisteredTenant, TenantRegistry } from '../db/tenant-registry.ts';
import { problem } from '../errors/problem.ts';
import type { LogContext } from '../log/request-context.ts';
import type { RateLimit } from './rate-limit.ts';
import type { Route } from './route.ts';
import { bearerOf, type StrangerLimits } from './stranger-limits.ts';

/** What stands between a request and a handler. */
export interface Gates {
  verifyAccessToken: AccessTokenVerifier;
  checkSession: SessionCheck;
  verifyServiceToken: ServiceTokenVerifier;
  registry: TenantRegistry;
  rateLimit: RateLimit;
}

/** Who was let in, and headers that say how much more they may ask. */
export interface Caller {
  actor?: Actor;
  tenant?: RegisteredTenant;
  workload?: Workload;
  limits: readonly string[];
  /** Throws for a person who was put out since, or whose tenant was. */
  stillIn?: () => Promise<void>;
}

export interface Knock {
  request: IncomingMessage;
  address: string;
  /** Learns who asks, of which tenant. */
  context: LogContext;
}

export type Admission = (knock: Knock) => Promise<Caller>;

const noLimits: readonly string[] = [];

const activeTenant = async (registry: TenantRegistry, tenantId: string): Promise<RegisteredTenant> => {
  const tenant = await registry.find(tenantId);
  if (!tenant) throw problem('tenant.unknown');
  if (tenant.state !== 'active') throw problem('tenant.suspended');
  return tenant;
};

const forPeople = (permission: Permission, gates: Gates, strangers: StrangerLimits): Admission => {
  const { registry, rateLimit, checkSession } = gates;
  const verify = ofOpenSessions(gates.verifyAccessToken, checkSession);
  return async ({ request, address, context }) => {
    const actor = await strangers.verifying({ token: bearerOf(request), address }, verify);
    const { tenantId, memberId, customerId } = actor;
    context.tenantId = tenantId;
    context.memberId = memberId;
    const tenant = await activeTenant(registry, tenantId);
    const { requestsPerMinute } = tenant;
    // One person has half of what the tenant has, so that a script of theirs does not lock the others out; and is counted
    // first: what is refused to one person is not taken from the others. The guests of one customer are one person here:
    // two of them would else have all of it, and they are another company's.
    const limits = rateLimit.take(
      { name: 'person', key: `${tenantId}:${customerId ?? memberId}`, perMinute: Math.ceil(requestsPerMinute / 2) },
      { name: 'tenant', key: tenantId, perMinute: requestsPerMinute },
    );
    if (!allows(actor.role, permission))
      throw problem('permission.denied', { detail: `It needs the permission ${permission}` });
    const stillIn = async (): Promise<void> => {
      await checkSession(actor);
      await activeTenant(registry, tenantId);
    };
    return { actor, tenant, limits, stillIn };
  };
};

const forWorkloads =
  (callers: readonly string[], { verifyServiceToken }: Gates, strangers: StrangerLimits): Admission =>
  async ({ request, address }) => {
    const workload = await strangers.verifying({ token: bearerOf(request), address }, verifyServiceToken);
    const names = [`${workload.namespace}/${workload.serviceAccount}`, `*/${workload.serviceAccount}`];
    if (!names.some((name) => callers.includes(name))) throw problem('permission.denied');
    return { workload, limits: noLimits };
  };

/** How requests of one route are let in; what does not change from one to the next is looked up here. */
export const admissionOf = ({ access, method, path }: Route, gates: Gates, strangers: StrangerLimits): Admission => {
  if (access.kind === 'permission') return forPeople(access.permission, gates, strangers);
  if (access.kind === 'internal') return forWorkloads(access.callers, gates, strangers);
  const { limit } = access;
  if (limit === 'none') return async () => ({ limits: noLimits });
  const route = `${method} ${path}`;
  return async ({ request, address }) => ({ limits: await strangers.takeStranger(limit, { request, address, route }) });
};
