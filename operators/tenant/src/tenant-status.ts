import {
  conditionOf,
  withCondition,
  type Condition,
  type ConditionValue,
} from '@legendops/operator-runtime/controller/conditions';
import { publishStatus as publish } from '@legendops/operator-runtime/controller/status';
import type { Happening } from '@legendops/operator-runtime/events/event-recorder';
import {
  conditionTypes,
  namespaceOf,
  statusManager,
  tenants,
  type ConditionType,
  type TenantStatus,
} from './api/tenant.ts';
import { patienceMs, waiting, type PhaseOutcome, type TenantScope } from './scope.ts';

/** They inform, and gate nothing. */
const informing: ReadonlySet<string> = new Set<ConditionType>(['JobsSucceeding', 'IntegrationsReady']);

const aspects = conditionTypes.filter((type) => type !== 'Ready');

/** An outcome for every aspect; one that no phase spoke of waits. */
export const complete = (outcomes: readonly PhaseOutcome[]): PhaseOutcome[] =>
  aspects.map(
    (type) =>
      outcomes.find((outcome) => outcome.type === type) ?? waiting(type, 'Waiting', 'Waits for an earlier step'),
  );

/** Ready sums up: the first aspect that is not true, in the order of the phases. */
export const summary = (all: readonly PhaseOutcome[]): ConditionValue => {
  const outcomes = all.filter(({ type }) => !informing.has(type));
  const open = outcomes.find(({ status }) => status === 'False') ?? outcomes.find(({ status }) => status !== 'True');
  return open
    ? { type: 'Ready', status: 'False', reason: open.reason, message: `${open.type}: ${open.message}` }
    : { type: 'Ready', status: 'True', reason: 'Ready', message: '' };
};

/** Of the conventions that kstatus, and with it Helm and GitOps tools, wait by: there while they are true. */
const standardTypes: ReadonlySet<string> = new Set(['Reconciling', 'Stalled']);

/** Stalled: no waiting mends the first thing that needs somebody. Reconciling: it is not ready, and is being worked on. */
export const standard = (all: readonly PhaseOutcome[]): ConditionValue[] => {
  const open = all.filter(({ type, status }) => !informing.has(type) && status !== 'True');
  const stuck = open.find(({ needs }) => needs !== undefined);
  const shown = stuck ?? open[0];
  if (!shown) return [];
  const { type, reason, message } = shown;
  return [{ type: stuck ? 'Stalled' : 'Reconciling', status: 'True', reason, message: `${type}: ${message}` }];
};

/** When to look again: at the time that a phase names, and soon at what is open, unless only another spec mends it. */
export const lookAgainMs = ({ tenant, now }: TenantScope, outcomes: readonly PhaseOutcome[]): number | undefined => {
  const delays = outcomes.flatMap(({ type, status, needs, requeueAfterMs }) => {
    if (status === 'True' || informing.has(type) || needs === 'spec') return requeueAfterMs ?? [];
    const before = conditionOf(tenant.status?.conditions, type);
    const waitedMs = before?.status === status ? now().getTime() - Date.parse(before.lastTransitionTime) : 0;
    return Math.min(patienceMs(waitedMs), requeueAfterMs ?? Number.POSITIVE_INFINITY);
  });
  return delays.length > 0 ? Math.min(...delays) : undefined;
};

const statusOf = (scope: TenantScope, values: readonly ConditionValue[]): TenantStatus => {
  const { tenant, now, isRefused = false } = scope;
  // A pass in which no registry answered knows no better than the one before.
  const tenantId = scope.tenantId ?? (isRefused ? undefined : tenant.status?.tenantId);
  const database = isRefused ? {} : scope.database;
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
    if (informing.has(type) && was?.status !== 'True') return [];
    // Ready only repeats what the aspect that is false says, except while the tenant is being removed.
    if (type === 'Ready' && status === 'False' && after.some((one) => one.type !== type && one.reason === reason))
      return [];
    const note = status === 'True' ? `${type}${message === '' ? '' : `: ${message}`}` : `Not ${type}: ${message}`;
    return [{ type: status === 'True' ? 'Normal' : 'Warning', reason, action: 'Reconcile', note }];
  });

/** Writes the status unless it stands there already, and tells of what changed in it. */
export const publishStatus = async (scope: TenantScope, values: readonly ConditionValue[]): Promise<void> => {
  const { kube, tenant, events } = scope;
  const status = statusOf(scope, values);
  if (!(await publish(kube, tenants, tenant, { status, fieldManager: statusManager }))) return;
  for (const happening of transitions(tenant.status?.conditions ?? [], status.conditions ?? []))
    events.record(tenants, tenant, happening);
};
