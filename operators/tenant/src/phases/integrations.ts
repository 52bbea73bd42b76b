import { conditionOf } from '@legendops/operator-runtime/controller/conditions';
import type { ConnectionState } from '../postgres/registry.ts';
import { blocked, done, waiting, type Phase, type PhaseOutcome, type TenantScope } from '../scope.ts';

const type = 'IntegrationsReady';
const vendors = ['pax8', 'quickbooks'];

/** What the tenant's connections come to; `undefined` is that nobody could look, which is not that they are broken. */
export const integrationsOutcome = (states: readonly ConnectionState[] | undefined): PhaseOutcome => {
  if (!states) return waiting(type, 'NotSeen', 'The connections could not be looked at');
  const stateOf = (vendor: string): string => states.find((one) => one.vendor === vendor)?.state ?? 'not connected';
  const open = vendors.filter((vendor) => stateOf(vendor) !== 'connected');
  if (open.length === 0) return done(type, 'Connected');
  const said = open.map((vendor) => `${vendor}: ${stateOf(vendor)}`).join(', ');
  return states.length === 0
    ? blocked(type, 'NotConnected', said)
    : blocked(type, 'NeedsAttention', `${said}; an administrator of the tenant connects them in the portal`);
};

/**
 * Until the next look: of a tenant that was looked at before what was said stands, any other one is taken to have none, as
 * the look itself takes it. Nobody would come back for it otherwise.
 */
const meanwhile = ({ tenant, isNewTenant = false }: TenantScope): PhaseOutcome => {
  const said = conditionOf(tenant.status?.conditions, type);
  if (isNewTenant || !said || said.status === 'Unknown') return integrationsOutcome([]);
  const { status, reason, message } = said;
  return { type, status, reason, message };
};

/** Informs and gates nothing: a vendor that is not connected keeps no tenant from being ready. */
export const integrationsPhase: Phase = async (scope) => {
  if (scope.tenantId === undefined) throw new Error('The phase Registered comes first');
  const states = scope.integrations.of(scope.tenantId);
  return [states === 'not yet' ? meanwhile(scope) : integrationsOutcome(states)];
};
