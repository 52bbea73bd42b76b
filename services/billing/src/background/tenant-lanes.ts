import type { Log } from '@legendops/kit/log/logger';
import { addToContext } from '@legendops/kit/log/request-context';
import { inNewTrace } from '@legendops/kit/log/trace-context';

/** What the service does by itself for tenants. */
export interface TenantLanes {
  /** Begins on what is due, whosever it is; returns while that goes on. */
  round(): Promise<void>;
  /** Ends after what is under way. */
  stop(): Promise<void>;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
}

interface Due {
  id: string;
  tenantId: string;
}

const lanesAtOnce = 20;
// Then the lane is somebody else's for a round: an account that hangs must not hold all lanes for an hour.
const laneMs = 60_000;

const byTenant = (due: readonly Due[]): Map<string, string[]> => {
  const ids = new Map<string, string[]>();
  for (const { id, tenantId } of due) ids.set(tenantId, [...(ids.get(tenantId) ?? []), id]);
  return ids;
};

/** One lane a tenant: an account that answers slowly keeps nobody else waiting. Each thing ends or is postponed on its own. */
export const tenantLanes = ({
  name,
  due,
  attempt,
  log,
}: {
  /** As the log calls one thing. */
  name: string;
  /** None of the busy tenants. */
  due: (busy: readonly string[]) => Promise<Due[]>;
  attempt: (tenantId: string, id: string) => Promise<void>;
  log: Log;
}): TenantLanes => {
  const lanes = new Map<string, Promise<void>>();
  let stopping = false;

  const lane = async (tenantId: string, ids: readonly string[]): Promise<void> => {
    const ends = performance.now() + laneMs;
    for (const id of ids) {
      if (stopping || performance.now() > ends) return;
      await inNewTrace({ name, attributes: { 'legendops.tenant.id': tenantId } }, async () => {
        addToContext({ tenantId });
        await attempt(tenantId, id).catch((error: unknown) =>
          log.error({ err: error, [name]: id }, `${name} could not be settled`),
        );
      });
    }
  };
  const idle = async (): Promise<void> => {
    await Promise.all(lanes.values());
  };
  return {
    round: async () => {
      for (const [tenantId, ids] of byTenant(await due([...lanes.keys()]))) {
        if (stopping || lanes.size >= lanesAtOnce) return;
        lanes.set(
          tenantId,
          lane(tenantId, ids).finally(() => lanes.delete(tenantId)),
        );
      }
    },
    stop: async () => {
      stopping = true;
      await idle();
    },
    idle,
  };
};

/** Several kinds of work as one, each with lanes of its own. */
export const allLanes = (lanes: readonly TenantLanes[]): TenantLanes => {
  const all = async (act: (one: TenantLanes) => Promise<void>): Promise<void> => {
    await Promise.all(lanes.map(act));
  };
  return {
    round: () => all((one) => one.round()),
    stop: () => all((one) => one.stop()),
    idle: () => all((one) => one.idle()),
  };
};
