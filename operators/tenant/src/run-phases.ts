import { inSpan } from '@legendops/kit/trace/in-span';
import { NotLeading } from '@legendops/operator-runtime/lease/only-while';
import { UnsettledObject } from '@legendops/operator-runtime/controller/unsettled-object';
import type { Aspect } from './api/conditions.ts';
import { failed } from './failure-outcome.ts';
import { lookAgainIn, sayOfAll, type Outcome } from './outcome.ts';
import type { Fact, Facts, Found, Phase, Report } from './phase.ts';
import type { TenantScope } from './scope.ts';

export interface PhasesEnd {
  outcomes: Outcome<Aspect>[];
  found: Found;
  /** What was thrown and may pass by itself. */
  failures: unknown[];
}

const attempt = async (phase: Phase, scope: TenantScope & Found): Promise<Report<Aspect, Fact>> => {
  try {
    // Each fact that it needs was found, or it would not be tried.
    const attributes = { 'legendops.phase.name': phase.name };
    const run = () => phase.run(scope as TenantScope & Facts);
    return await inSpan({ name: `phase ${phase.name}`, kind: 'internal', attributes }, run);
  } catch (error) {
    return { failure: error };
  }
};

/** Every phase that can run; one that failed does not stop those that do not need what it finds. */
export const runPhases = async (phases: readonly Phase[], scope: TenantScope): Promise<PhasesEnd> => {
  const end: PhasesEnd = { outcomes: [], found: {}, failures: [] };
  for (const phase of phases) {
    if (!phase.needs.every((fact) => end.found[fact] !== undefined)) continue;
    scope.signal.throwIfAborted();
    const { outcomes = [], found = {}, failure } = await attempt(phase, { ...scope, ...end.found });
    end.found = { ...end.found, ...found };
    end.outcomes.push(...outcomes);
    if (failure === undefined) continue;
    if (failure instanceof NotLeading) throw failure;
    if (failure instanceof UnsettledObject) {
      const { name, message, retryInMs } = failure;
      end.outcomes.push(...phase.conditions.map((type) => lookAgainIn(retryInMs, sayOfAll(type, name, message))));
      continue;
    }
    end.failures.push(failure);
    end.outcomes.push(...phase.conditions.map((type) => failed(type, failure)));
  }
  return end;
};
