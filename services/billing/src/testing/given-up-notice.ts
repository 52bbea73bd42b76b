import { required } from '@legendops/kit/testing/required';
import type { BillingWorld } from './billing-world.ts';

/** A notice whose card was given up; its id. */
export const aGivenUpNotice = async ({ rows, tenantId }: Pick<BillingWorld, 'rows' | 'tenantId'>): Promise<string> => {
  const [notice] = await rows<{ id: string }>(
    `with notice as (
       insert into billing.notices (tenant_id, cause_key, kind, title, detail, next_step, path, raised_at)
       values ($1, 'given-up', 'failure', 'A run stopped', '', '', '/runs', now()) returning tenant_id, id),
     message as (
       insert into billing.notice_messages (tenant_id, channel, state, next_attempt_at, settled_at)
       select tenant_id, 'teams', 'dead', now(), now() from notice returning id),
     item as (
       insert into billing.notice_items (tenant_id, message_id, notice_id)
       select notice.tenant_id, message.id, notice.id from notice, message)
     select id from notice`,
    [tenantId],
  );
  return required(notice, 'notice').id;
};
