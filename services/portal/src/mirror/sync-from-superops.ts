import { constraintOf } from '@legendops/kit/db/database-error';
import type { JobContext } from '../job/run-job.ts';
import { AgreedNames } from '../client-name/contract.ts';
import { mirroredKinds } from '../superops/mirrored.ts';
import { accountChanged } from './ask-as.ts';
import { ConnectedAccount, type Account } from './job-api.ts';
import { syncKind } from './sync-kind.ts';
import { syncMessages } from './sync-messages.ts';

/** Under which an object's account is not connected any more. */
const accountGone = /^superops_(objects|reads|held)_tenant_id_region_subdomain_fkey$/;

const sync = async (context: JobContext, account: Account): Promise<Record<string, number>> => {
  const changed: Record<string, number> = {};
  let [gone, held] = [0, 0];
  for (const kind of mirroredKinds) {
    const synced = await syncKind(context, account, kind);
    changed[kind] = synced.changed;
    gone += synced.gone;
    held += synced.held;
  }
  const messages = await syncMessages(context, account);
  const names = AgreedNames.parse(await context.ask('client-names'));
  return { ...changed, message: messages.changed, gone, held: held + messages.held, ...names };
};

/**
 * Brings the mirror to what SuperOps has. Everything in it may be said twice, and stops anywhere: the next run carries on. A
 * tenant without SuperOps has nothing to bring, and a run of it is done.
 */
export const syncFromSuperOps = async (context: JobContext): Promise<Record<string, number>> => {
  const { account } = ConnectedAccount.parse(await context.ask('superops-account'));
  if (!account) {
    context.progress('SuperOps is not connected');
    return {};
  }
  try {
    return await sync(context, account);
  } catch (error) {
    throw accountGone.test(constraintOf(error) ?? '') ? accountChanged() : error;
  }
};
