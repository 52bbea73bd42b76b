import { auditActs } from '@legendops/kit/contract/audit-acts';
import { ownEntry } from '@legendops/kit/contract/own-entry';
import type { AuditEntry } from '@legendops/portal/contract';

type Act = Pick<AuditEntry, 'act'>;

/** What was done; an act of a newer service than this page by its own name. */
export const actWords = ({ act }: Act): string => ownEntry<{ title: string }>(auditActs, act)?.title ?? act;

export const isMoneyAct = ({ act }: Act): boolean => ownEntry<{ isMoney: boolean }>(auditActs, act)?.isMoney === true;

/** Who did it, as they were called then. */
export const authorWords = ({ author }: Pick<AuditEntry, 'author'>): string => {
  if (author.name === '') return 'Somebody who is no member any more';
  return author.kind === 'job' ? `Job ${author.name}` : author.name;
};
