import {
  conditionOf,
  withCondition,
  type Condition,
  type ConditionValue,
} from '@legendops/operator-runtime/controller/conditions';
import { publishStatus as publish } from '@legendops/operator-runtime/controller/status';
import type { Happening } from '@legendops/operator-runtime/events/event-recorder';
import { aspects, gatesReady } from './api/conditions.ts';
import { standardConditions } from './api/ready.ts';
import { namespaceOf, statusManager, tenants, type TenantStatus } from './api/tenant.ts';
import { say, sayOfAll, type Outcome } from './outcome.ts';
import { patienceMs } from './patience.ts';
import type { Found } from './phase.ts';
import type { TenantScope } from './scope.ts';

/** An outcome for every aspect; one that no phase spoke of waits. */
export const complete = (outcomes: readonly Outcome[]): Outcome[] =>
  aspects.map((type) => outcomes.find((outcome) => outcome.type === type) ?? sayOfAll(type, 'Waiting'));

/** Ready sums up: the first aspect that is not true, in the order of the table of conditions. */
export const summary = (all: readonly Outcome[]): ConditionValue => {
  const outcomes = all.filter(({ type }) => gatesReady(type));
  const open = outcomes.find(({ status }) => status === 'False') ?? outcomes.find(({ status }) => status !== 'True');
  return open
    ? { type: 'Ready', status: 'False', reason: open.reason, message: `${open.type}: ${open.message}` }
    : say('Ready', 'Ready');
};

const standardTypes: ReadonlySet<string> = new Set(Object.keys(standardConditions));

/** Stalled: no waiting mends the first thing that needs somebody. Reconciling: it is not ready, and is being worked on. */
export const standard = (all: readonly Outcome[]): ConditionValue[] => {
  const open = all.filter(({ type, status }) => gatesReady(type) && status !== 'True');
  const stuck = open.find(({ needs }) => needs !== undefined);
  const shown = stuck ?? open[0];
  if (!shown) return [];
  const { type, reason, message } = shown;
  const shownAs: keyof typeof standardConditions = stuck ? 'Stalled' : 'Reconciling';
  return [{ type: shownAs, status: 'True', reason, message: `${type}: ${message}` }];
};

/** When to look again: at the time that a phase names, and soon at what is open, unless only another spec mends it. */
export const lookAgainMs = (
  { tenant, now }: Pick<TenantScope, 'tenant' | 'now'>,
  outcomes: readonly Outcome[],
): number | undefined => {
  const delays = outcomes.flatMap(({ type, status, needs, requeueAfterMs }) => {
    if (status === 'True' || !gatesReady(type) || needs === 'spec') return requeueAfterMs ?? [];
    const before = conditionOf(tenant.status?.conditions, type);
    const waitedMs = before?.status === status ? now().getTime() - Date.parse(before.lastTransitionTime) : 0;
    return Math.min(patienceMs(waitedMs), requeueAfterMs ?? Number.POSITIVE_INFINITY);
  });
  return delays.length > 0 ? Math.min(...delays) : undefined;
};

const statusOf = (
  { tenant, now }: TenantScope,
  values: readonly ConditionValue[],
  { registration, refusal, login }: Found,
): TenantStatus => {
  // A pass in which no registry answered knows no better than the one before.
  const before = refusal ? undefined : tenant.status;
  const tenantId = registration?.tenantId ?? before?.tenantId;
  const database = login ?? before?.database ?? {};
  const context = { generation: tenant.metadata.generation ?? 0, now: now() };
  const conditions = values.reduce<Condition[]>(
    (list, { type, status, reason, message }) => withCondition(list, { type, status, reason, message }, context),
    (tenant.status?.conditions ?? []).filter(
      ({ type }) => !standardTypes.has(type) || values.some((value) => value.type === type),
    ),
  );
  return {
    ...(tenantId !== undefined && { tenantId }),
    namespace: namespaceOf(tenant),
    observedGeneration: context.generation,
    ...(Object.keys(database).length > 0 && { database }),
    conditions,
  };
};

/**
 * What `kubectl describe` should tell: an aspect that became false, or is false for another reason now, or is true again.
 * Of a tenant that comes up without trouble Ready says it all; six events each would be a third of all writes.
 */
export const transitions = (before: readonly Condition[], after: readonly Condition[]): Happening[] =>
  after.flatMap(({ type, status, reason, message }) => {
    const was = conditionOf(before, type);
    // They repeat what the aspect says.
    if (standardTypes.has(type)) return [];
    if (status === 'Unknown' || (was?.status === status && (status === 'True' || was.reason === reason))) return [];
    if (status === 'True' && type !== 'Ready' && was?.status !== 'False') return [];
    // Nobody has connected anything yet, or nobody could look before: no news.
    if (type !== 'Ready' && !gatesReady(type) && was?.status !== 'True') return [];
    // Ready only repeats what the aspect that is false says, except while the tenant is being removed.
    if (type === 'Ready' && status === 'False' && after.some((one) => one.type !== type && one.reason === reason))
      return [];
    const note = status === 'True' ? `${type}${message === '' ? '' : `: ${message}`}` : `Not ${type}: ${message}`;
    return [{ type: status === 'True' ? 'Normal' : 'Warning', reason, action: 'Reconcile', note }];
  });

/** Writes the status unless it stands there already, and tells of what changed in it. */
export const publishStatus = async (
  scope: TenantScope,
  values: readonly ConditionValue[],
  found: Found = {},
): Promise<void> => {
  const { kube, tenant, events } = scope;
  const status = statusOf(scope, values, found);
  if (!(await publish(kube, tenants, tenant, { status, fieldManager: statusManager }))) return;
  for (const happening of transitions(tenant.status?.conditions ?? [], status.conditions ?? []))
    events.record(tenants, tenant, happening);
};
