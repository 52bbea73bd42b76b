import { inOrder } from '../phase.ts';
import { billingPhase } from './billing.ts';
import { credentialsPhase } from './credentials.ts';
import { integrationsPhase } from './integrations.ts';
import { jobsPhase } from './jobs.ts';
import { namespacePhase } from './namespace.ts';
import { registeredPhase } from './registered.ts';

/** Everything that is done for a tenant, in order: to put a phase before one that finds what it needs does not compile. */
export const { phases } = inOrder()
  .next(registeredPhase)
  .next(integrationsPhase)
  .next(namespacePhase)
  .next(credentialsPhase)
  .next(billingPhase)
  .next(jobsPhase);
