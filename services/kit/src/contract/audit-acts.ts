/**
 * Everything that the audit trail tells of, by what was done: the one list for services, screen and tests. `isMoney`: it decides
 * what a customer pays or where an invoice goes.
 */
export const auditActs = {
  'invoices.drafted': { title: 'Invoices drafted', isMoney: true },
  'invoice.approved': { title: 'Invoice approved', isMoney: true },
  'invoice.posting-requested': { title: 'Posting requested', isMoney: true },
  'invoice.posted': { title: 'Invoice posted', isMoney: true },
  'price-rule.created': { title: 'Price rule created', isMoney: true },
  'price-rule.ended': { title: 'Price rule ended', isMoney: true },
  'price-rule.removed': { title: 'Price rule removed', isMoney: true },
  'proration.changed': { title: 'Proration changed', isMoney: true },
  'exception.dismissed': { title: 'Exception dismissed', isMoney: true },
  'connection.made': { title: 'Connection made', isMoney: true },
  'connection.removed': { title: 'Connection removed', isMoney: true },
  'connection.refused': { title: 'Connection refused by the vendor', isMoney: true },
  'connection.paused': { title: 'Connection paused', isMoney: true },
  'link.confirmed': { title: 'Link to QuickBooks confirmed', isMoney: true },
  'link.removed': { title: 'Link to QuickBooks removed', isMoney: true },
  'books.changed': { title: 'Choices for the books changed', isMoney: true },
  'invoice.settled-by-hand': { title: 'Posting settled by hand', isMoney: true },
  'customer.created': { title: 'Customer created', isMoney: false },
  'customer.changed': { title: 'Customer changed', isMoney: false },
  'customers.imported': { title: 'Customers imported', isMoney: false },
  'invitation.created': { title: 'Person invited', isMoney: false },
  'invitation.mailed-again': { title: 'Invitation mailed again', isMoney: false },
  'invitation.revoked': { title: 'Invitation revoked', isMoney: false },
  'member.joined': { title: 'Person joined', isMoney: false },
  'member.changed': { title: 'Person changed', isMoney: false },
  'session.started': { title: 'Signed in', isMoney: false },
  'session.ended': { title: 'Signed out', isMoney: false },
  'product.created': { title: 'Product created', isMoney: false },
  'product.changed': { title: 'Product changed', isMoney: false },
  'product.removed': { title: 'Product removed', isMoney: false },
  'directory.added': { title: 'Directory added', isMoney: false },
  'directory.removed': { title: 'Directory removed', isMoney: false },
  'tenant.registered': { title: 'Organisation registered', isMoney: false },
  'tenant.changed': { title: 'Organisation changed', isMoney: false },
  'entry.unreadable': { title: 'Entry that could not be read', isMoney: false },
} as const satisfies Record<string, { title: string; isMoney: boolean }>;

export type AuditAct = keyof typeof auditActs;
