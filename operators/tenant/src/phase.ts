import type { Aspect } from './api/conditions.ts';
import type { DatabaseStatus } from './api/tenant.ts';
import type { Outcome } from './outcome.ts';
import type { TenantScope } from './scope.ts';

/** What phases find out and hand on to those after them. */
export interface Facts {
  /** A registry has answered, and it is not this resource's tenant: what the status says of one is not its own. */
  refusal: true;
  /** A registry has said that the tenant is this resource's; new: its id was drawn in this pass, nothing stands under it yet. */
  registration: { tenantId: string; isNew: boolean };
  /** The name is this resource's: a registry says so, or it said so before and none answers now. */
  standing: { isConfirmed: boolean; isNew: boolean };
  /** The tenant's own namespace is there and stays; new: nothing is in it but what this pass puts there. */
  namespace: { isNew: boolean };
  /** Which login jobs use. */
  login: DatabaseStatus;
}

export type Fact = keyof Facts;
export type Found = Partial<Facts>;

export interface Report<Type extends Aspect, Finds extends Fact> {
  outcomes?: readonly Outcome<Type>[];
  found?: Partial<Pick<Facts, Finds>>;
  /** What was thrown after something had been found: every condition of the phase says it, and it is tried again. */
  failure?: unknown;
}

/**
 * One step of a pass: compares, acts, says what it saw. It throws only for what may pass by itself; everything else is an
 * outcome. It runs when each fact that it needs was found, and sees no other; whether its conditions gate Ready, the table of
 * conditions says.
 */
export interface Phase<Type extends Aspect = Aspect, Needs extends Fact = Fact, Finds extends Fact = Fact> {
  name: string;
  conditions: readonly Type[];
  needs: readonly Needs[];
  finds: readonly Finds[];
  run(scope: TenantScope & Pick<Facts, NoInfer<Needs>>): Promise<Report<NoInfer<Type>, NoInfer<Finds>>>;
}

/** A phase whose types follow from what it lists. */
export const definePhase = <const Type extends Aspect, const Needs extends Fact, const Finds extends Fact>(
  phase: Phase<Type, Needs, Finds>,
): Phase<Type, Needs, Finds> => phase;

export interface InOrder<Found extends Fact> {
  phases: readonly Phase[];
  /** Does not compile where the phase needs what none before it finds. */
  next: <Type extends Aspect, Needs extends Found, Finds extends Fact>(
    phase: Phase<Type, Needs, Finds>,
  ) => InOrder<Found | Finds>;
}

/** Phases one after the other. */
export const inOrder = <Found extends Fact = never>(phases: readonly Phase[] = []): InOrder<Found> => ({
  phases,
  next: (phase) => inOrder([...phases, phase as Phase]),
});
