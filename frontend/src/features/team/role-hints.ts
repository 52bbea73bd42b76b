import type { Role } from '@legendops/kit/contract/permissions';

/** What somebody with this role may do here. */
export const roleHints: Record<Role, string> = {
  tenant_admin: 'May do everything: connections, prices, approvals, postings, team.',
  billing_viewer: 'Sees billing, changes nothing.',
  support_user: 'Keeps customers; sees no billing.',
  guest: 'A person of one customer: sees its usage and invoices.',
};
