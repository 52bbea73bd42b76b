/** Who a person can be inside a tenant. `guest` sees one customer only. */
export const roles = ['tenant_admin', 'billing_viewer', 'support_user', 'guest'] as const;
export type Role = (typeof roles)[number];

const [admin, billing, support, guest] = roles;

/** The one table of rights: it feeds the API, its OpenAPI document, the tests and the screen. */
export const permissions = {
  'session.read': [admin, billing, support, guest],
  'customer.read': [admin, billing, support, guest],
  'customer.write': [admin, support],
  'customer.import': [admin],
  /** What the service desk has of a customer: tickets, devices, contracts. */
  'service-desk.read': [admin, support],
  'service-desk.write': [admin, support],
  'member.read': [admin],
  'member.invite': [admin],
  'member.write': [admin],
  'connection.read': [admin, billing],
  'connection.write': [admin],
  /** Who a customer is in QuickBooks and in SuperOps, and which item, tax code and terms stand on invoices. */
  'link.read': [admin, billing],
  'link.write': [admin],
  /** Seats at Pax8 set against contracts in SuperOps. */
  'seat-push.read': [admin, billing],
  'seat-push.approve': [admin],
  'usage.read': [admin, billing, guest],
  /** What vendors charge us, and how a price comes of it. */
  'cost.read': [admin, billing],
  /** What Pax8 says beside usage: contacts, orders, its prices, former states of subscriptions. */
  'evidence.read': [admin, billing],
  'run.read': [admin, billing],
  /** Which months are billed: run one, skip one. */
  'period.manage': [admin],
  'price-rule.read': [admin, billing],
  'price-rule.write': [admin],
  'invoice.read': [admin, billing, guest],
  /** How an invoice stands at QuickBooks. */
  'posting.read': [admin, billing],
  /** To change what a draft says. */
  'invoice.edit': [admin],
  'invoice.approve': [admin],
  /** Above which amount two persons approve. */
  'approval-limit.read': [admin, billing],
  'approval-limit.write': [admin],
  /** From what on differences are told on the worklist. */
  'variance-threshold.read': [admin, billing],
  'variance-threshold.write': [admin],
  'invoice.post': [admin],
  /** To void what is in QuickBooks, and to accept or repair what became of it there. */
  'invoice.void': [admin],
  /** To say what became of a posting that nobody can look for. */
  'posting.settle': [admin],
  /** What is told by mail and in Teams, and what of it one gets by mail. */
  'notice.read': [admin, billing],
  /** Which channel of Teams is told, and of what. */
  'notice.write': [admin],
  'audit.read': [admin],
  /** A customer's people see of it what was published for them. */
  'product.read': [admin, billing, support, guest],
  'product.write': [admin],
  /** Files: pictures, documents, stencils. A customer's people see those of what was published for them. */
  'media.read': [admin, billing, support, guest],
  'media.write': [admin],
  'price-list.read': [admin, billing, support],
  'price-list.write': [admin],
  /** Drawings for diagrams; a customer's people see those that were published for them. */
  'stencil.read': [admin, billing, support, guest],
  'stencil.write': [admin],
  'calculator.run': [admin, billing, support],
  /** A customer's people see those of it that were published. */
  'cabling-design.read': [admin, billing, support, guest],
  'cabling-design.write': [admin, support],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof permissions;

export const allows = (role: Role, permission: Permission): boolean => {
  const allowed: readonly Role[] = permissions[permission];
  return allowed.includes(role);
};

const isPermission = (name: string): name is Permission => name in permissions;

export const allPermissions: readonly Permission[] = Object.keys(permissions).filter(isPermission);

/** What a role may do, for the screen. */
export const permissionsOf = (role: Role): Permission[] =>
  allPermissions.filter((permission) => allows(role, permission));

/** The next step of everybody who may not take it. */
export const askAdministrator = 'Ask an administrator of your organisation.';
