import { auditTopic } from '@legendops/kit/audit/audit';
import type { PlatformDatabase } from '@legendops/kit/db/tenant-database';
import type { Background } from '@legendops/kit/http/drain';
import type { Log } from '@legendops/kit/log/logger';
import { feedOf, ownFeed, type FeedSource } from '@legendops/kit/outbox/feed-source';
import { followFeed } from '@legendops/kit/outbox/follow-feed';
import type { AuditService } from '../contract.ts';
import { appendEntries } from './append-entries.ts';

type OtherService = Exclude<AuditService, 'portal'>;

/** Keeps the audit trail of every service, our own among them. */
export const followAudits = ({
  services,
  database,
  log,
}: {
  services: Record<OtherService, { url: string; token: () => Promise<string> }>;
  database: PlatformDatabase;
  log: Log;
}): Background[] => {
  const follow = (service: AuditService, source: FeedSource): Background =>
    followFeed({ source, cursor: `audit-${service}`, database, apply: appendEntries(service, log), log });
  const from = (service: OtherService): Background =>
    follow(service, feedOf({ ...services[service], topic: auditTopic }));
  return [from('auth'), from('billing'), from('catalog'), follow('portal', ownFeed(database, auditTopic))];
};
