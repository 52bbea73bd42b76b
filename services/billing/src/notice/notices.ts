import type { PlatformDatabase, TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { TenantRegistry } from '@legendops/kit/db/tenant-registry';
import type { Log } from '@legendops/kit/log/logger';
import type { Mailer } from '@legendops/kit/mail/mailer';
import { allLanes, type TenantLanes } from '../background/tenant-lanes.ts';
import type { PeriodService } from '../period/service.ts';
import type { TeamsVault } from '../vault/teams-vault.ts';
import { messageStore } from './message-store.ts';
import { mailSender, teamsSender } from './sender.ts';
import type { StaffOf } from './staff.ts';
import { sweepStore } from './sweep-store.ts';
import { sweeper } from './sweeper.ts';
import type { Teams } from './teams.ts';

export interface NoticeWork {
  database: TenantDatabase;
  platform: PlatformDatabase;
  registry: TenantRegistry;
  periods: Pick<PeriodService, 'all'>;
  staffOf: StaffOf;
  mailer: Pick<Mailer, 'send'>;
  teams: Teams;
  vault: TeamsVault;
  publicUrl: string;
  log: Log;
  now: () => Date;
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
