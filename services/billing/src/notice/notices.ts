import type { PlatformDatabase, TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { TenantRegistry } from '@legendops/kit/db/tenant-registry';
import { allLanes, type TenantLanes } from '../background/tenant-lanes.ts';
import type { PeriodService } from '../period/service.ts';
import { messageStore } from './message-store.ts';
import { mailSender, teamsSender, type Sending } from './sender.ts';
import { sweepStore } from './sweep-store.ts';
import { sweeper } from './sweeper.ts';

export interface NoticeWork extends Omit<Sending, 'store'> {
  database: TenantDatabase;
  platform: PlatformDatabase;
  registry: TenantRegistry;
  periods: Pick<PeriodService, 'all'>;
}

/** Finds what is to be told, and sends it: each kind of work in lanes of its own. */
export const noticeLanes = (work: NoticeWork): TenantLanes => {
  const { database, platform } = work;
  const sending = { ...work, store: messageStore(database, platform) };
  return allLanes([
    sweeper({ ...work, store: sweepStore(database, platform) }),
    mailSender(sending),
    teamsSender(sending),
  ]);
};
