import { conditionOf } from '@legendops/operator-runtime/controller/conditions';
import { vendors } from '../api/vendors.ts';
import { say, sayAgain, type Outcome } from '../outcome.ts';
import { definePhase, type Facts } from '../phase.ts';
import type { ConnectionState } from '../postgres/registry.ts';
import type { TenantScope } from '../scope.ts';

const type = 'IntegrationsReady';

/** What the tenant's connections come to; `undefined` is that nobody could look, which is not that they are broken. */
export const integrationsOutcome = (states: readonly ConnectionState[] | undefined): Outcome<typeof type> => {
  if (!states) return say(type, 'NotSeen');
  const stateOf = (vendor: string): string => states.find((one) => one.vendor === vendor)?.state ?? 'not connected';
  const open = vendors.filter((vendor) => stateOf(vendor) !== 'connected');
  if (open.length === 0) return say(type, 'Connected');
  const said = open.map((vendor) => `${vendor}: ${stateOf(vendor)}`).join(', ');
  return say(type, states.length === 0 ? 'NotConnected' : 'NeedsAttention', said);
};

/**
 * Until the next look: of a tenant that was looked at before what was said stands, any other one is taken to have none, as
 * the look itself takes it. Nobody would come back for it otherwise.
 */
const meanwhile = ({ tenant, registration }: Pick<TenantScope, 'tenant'> & Pick<Facts, 'registration'>) => {
  const said = conditionOf(tenant.status?.conditions, type);
  if (registration.isNew || !said || said.status === 'Unknown') return integrationsOutcome([]);
  return sayAgain(type, said) ?? integrationsOutcome([]);
};

/** Asks for no namespace: what a tenant has connected does not depend on one. */
export const integrationsPhase = definePhase({
  name: 'Integrations',
  conditions: [type],
  needs: ['registration'],
  finds: [],
  run: async (scope) => {
    const states = scope.polled.connections.of(scope.registration.tenantId);
    return { outcomes: [states === 'not yet' ? meanwhile(scope) : integrationsOutcome(states)] };
  },
});
