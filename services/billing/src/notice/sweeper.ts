import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { TenantRegistry } from '@legendops/kit/db/tenant-registry';
import type { Log } from '@legendops/kit/log/logger';
import { tenantLanes, type TenantLanes } from '../background/tenant-lanes.ts';
import type { PeriodService } from '../period/service.ts';
import { localDate } from '../rating/period.ts';
import { causesOf, reader } from './causes.ts';
import type { StaffOf } from '../member/staff.ts';
import { readStanding } from './standing.ts';
import { recordCauses, type SweepStore } from './sweep-store.ts';
import { tellNew } from './tell.ts';

const everySeconds = 120;

/**
 * Looks through each tenant for what its people have to be told of. What stands is compared with what was told: nothing that is
 * still there when a look comes can be missed, whatever wrote it and whoever died meanwhile.
 */
export const sweeper = ({
  store,
  database,
  registry,
  periods,
  staffOf,
  log,
  now,
}: {
  store: SweepStore;
  database: TenantDatabase;
  registry: Pick<TenantRegistry, 'find'>;
  periods: Pick<PeriodService, 'all'>;
  staffOf: StaffOf;
  log: Log;
  now: () => Date;
}): TenantLanes => {
  const look = async (scope: Scope, tenant: { currency: string; timeZone: string }): Promise<void> => {
    const at = now();
    const [standing, months] = await Promise.all([readStanding(database, scope), periods.all(scope, reader, tenant)]);
    const causes = causesOf(standing, { months, today: localDate(at, tenant.timeZone) });
    const keys = new Set(causes.map(({ key }) => key));
    const known = new Set(standing.open.map(({ cause_key: key }) => key));
    const raised = causes.filter(({ key }) => !known.has(key));
    const cleared = standing.open.filter(({ cause_key: key }) => !keys.has(key)).map(({ id }) => id);
    const isUntold = standing.open.some(({ cause_key: key, isTold }) => !isTold && keys.has(key));
    if (raised.length + cleared.length > 0)
      await database.write(scope, (transaction) => recordCauses(transaction, scope, { raised, cleared, now: at }));
    if (raised.length === 0 && !isUntold) return;
    // Where it cannot be learnt who there is, what was raised stays untold until the next look.
    const staff = await staffOf(scope.tenantId);
    await database.write(scope, (transaction) =>
      tellNew(transaction, scope, { staff, timeZone: tenant.timeZone, now: at }),
    );
  };
  const attempt = async (tenantId: string): Promise<void> => {
    const scope = { tenantId };
    const tenant = await registry.find(tenantId);
    if (tenant?.state !== 'active' || !(await store.begin(scope, now(), everySeconds))) return;
    await look(scope, tenant);
  };
  return tenantLanes({ name: 'tenant', due: (busy) => store.due(busy, now()), attempt, log });
};
