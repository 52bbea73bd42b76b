import type { AuditSubject } from '@legendops/kit/contract/audit-payload';

/** A member as the audit trail calls them. */
export const memberSubject = ({ id, name }: { id: string; name: string }): AuditSubject => ({
  type: 'member',
  id,
  name,
});
