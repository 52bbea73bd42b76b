import { createHash } from 'node:crypto';
import { jobs, type JobName } from './jobs.ts';

/**
 * When a job of a tenant starts where its Tenant does not say: at a minute that follows from the tenant's id and so never moves.
 * What starts for all tenants at one minute asks our database and portal for all of them at once.
 */
export const ownSchedule = (tenantId: string, job: JobName): string => {
  const minute = createHash('sha256').update(`${tenantId} ${job}`).digest().readUInt32BE() % 60;
  return `${minute} ${jobs[job].hours}`;
};
