import { sql } from '@legendops/kit/db/sql';
import type { Chore } from '@legendops/kit/jobs/housekeeping';

/** Notices whose cause is long gone, with what their messages told of them: the policy shows app_platform nothing else. */
const noticeChore: Chore = {
  name: 'notices',
  remove: (limit) => sql`
    delete from billing.notices where (tenant_id, id) in (
      select tenant_id, id from billing.notices where cleared_at is not null order by cleared_at limit ${limit})`,
};

const messageChore: Chore = {
  name: 'notice-messages',
  remove: (limit) => sql`
    delete from billing.notice_messages where (tenant_id, id) in (
      select tenant_id, id from billing.notice_messages
      where settled_at < now() - interval '90 days' order by settled_at limit ${limit})`,
};

export const noticeChores: readonly Chore[] = [noticeChore, messageChore];
