import { allows, type Role } from '@legendops/kit/contract/permissions';
import type { ExceptionCode } from '../exception/exception-kinds.ts';
import type { MailDelivery, NoticeKind } from './contract.ts';

interface KindFacts {
  /** In a subject, a heading and on a button; the portal's words are its own. */
  title: string;
  /** What an administrator gets who has chosen nothing. */
  usual: MailDelivery;
}

/** What stops billing is told at once, what waits for a person once a day. */
export const noticeKinds: Record<NoticeKind, KindFacts> = {
  connection: { title: 'Connections to renew', usual: 'at-once' },
  failure: { title: 'Failures', usual: 'at-once' },
  month: { title: 'Months not billed', usual: 'at-once' },
  approval: { title: 'Approvals due', usual: 'daily' },
  variance: { title: 'Variances', usual: 'daily' },
};

/** In the order in which they are told: what stops the most comes first. */
export const kindsInOrder = Object.keys(noticeKinds) as NoticeKind[];

export type Choices = ReadonlyMap<NoticeKind, MailDelivery>;

/** Who may see billing may be told of it. */
export const mayBeTold = (role: Role): boolean => allows(role, 'notice.read');

/** When a person gets a kind by mail: as they chose, else as usual for whoever can act. Others ask for it first. */
export const deliveryOf = (role: Role, chosen: Choices | undefined, kind: NoticeKind): MailDelivery => {
  if (!mayBeTold(role)) return 'none';
  return chosen?.get(kind) ?? (allows(role, 'invoice.approve') ? noticeKinds[kind].usual : 'none');
};

const ofVariance = /^(variance|posted)\./;
const ofApproval: ExceptionCode = 'approval.lapsed';
const ofMonth = new Set(['period.skipped', 'invoice.left']);

/** What an exception is told as. */
export const kindOfException = (code: string): NoticeKind => {
  if (ofVariance.test(code)) return 'variance';
  if (code === ofApproval) return 'approval';
  return ofMonth.has(code) ? 'month' : 'failure';
};
