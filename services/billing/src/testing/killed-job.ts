import type { TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { JobSurroundings } from '../job/run-job.ts';

type When = 'before' | 'after';

/**
 * A process that is killed at its `at`-th access to the database or the billing service, before or after that took effect.
 * As after kill -9 nothing of it runs any more: what it waited for never comes. Resolves with whether it was killed, or had ended.
 */
export const killedAt = async (
  work: (context: JobSurroundings) => Promise<void>,
  context: JobSurroundings,
  { at, when }: { at: number; when: When },
): Promise<{ killed: boolean; accesses: number }> => {
  let accesses = 0;
  const { promise: killed, resolve: kill } = Promise.withResolvers<'killed'>();
  const point = async <T>(effect: () => Promise<T>): Promise<T> => {
    accesses += 1;
    if (accesses < at) return effect();
    if (accesses === at && when === 'after') await effect();
    kill('killed');
    return new Promise<never>(() => undefined);
  };
  const database: TenantDatabase = {
    read: (scope, statement) => point(() => context.database.read(scope, statement)),
    readAll: (scope, statements) => point(() => context.database.readAll(scope, statements)),
    write: (scope, act) => point(() => context.database.write(scope, act)),
  };
  const billing: JobSurroundings['billing'] = {
    ...context.billing,
    postApproved: () => point(() => context.billing.postApproved()),
    invoicesBeside: (about) => point(() => context.billing.invoicesBeside(about)),
  };
  const end = await Promise.race([work({ ...context, database, billing }), killed]);
  return { killed: end === 'killed', accesses };
};
