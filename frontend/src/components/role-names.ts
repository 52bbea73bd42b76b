import type { Role } from '@legendops/kit/contract/permissions';

export const roleNames: Record<Role, string> = {
  tenant_admin: 'Administrator',
  billing_viewer: 'Billing viewer',
  support_user: 'Support',
  guest: 'Guest',
};
