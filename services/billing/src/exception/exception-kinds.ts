/** Every exception that a run can open: what those of a kind have in common, and whether their things are billed all the same. */
export const exceptionKinds = {
  'customer.unmatched': { title: 'Companies at Pax8 that are no customers here', isBilled: false },
  'customer.archived': { title: 'Archived customers that still buy', isBilled: false },
  'price.missing': { title: 'No price', isBilled: false },
  'price.currency': { title: 'Prices in another currency', isBilled: false },
  'cost.missing': { title: 'Markup on a cost that Pax8 does not say', isBilled: false },
  'currency.mismatch': { title: 'Bought in another currency', isBilled: false },
  'term.unknown': { title: 'Billing terms that are not known', isBilled: false },
  'status.unknown': { title: 'States that are not known', isBilled: false },
  'subscription.no-end': { title: 'Cancelled, but since when?', isBilled: false },
  'subscription.gone': { title: "Gone from Pax8's list", isBilled: false },
  'quantity.added': { title: 'Seats added in a paid term', isBilled: false },
  'term.changed': { title: 'Terms changed in a paid term', isBilled: false },
  'rating.failed': { title: 'Could not be rated', isBilled: false },
  'invoice.negative': { title: 'Credits that exceed the charges', isBilled: false },
  'start.moved': { title: 'Starts moved in a paid term', isBilled: true },
  'line.billed-elsewhere': { title: 'Billed to another customer', isBilled: true },
  'price.below-cost': { title: 'Sold below cost', isBilled: true },
  'invoice.differs': { title: 'Usage changed after the approval', isBilled: true },
  'posted.missing': { title: 'Deleted in QuickBooks', isBilled: true },
  'posted.total-differs': { title: 'Another total in QuickBooks', isBilled: true },
  'posted.other-id': { title: 'Another invoice in QuickBooks', isBilled: true },
  'posted.number-differs': { title: 'Another number in QuickBooks', isBilled: true },
} as const satisfies Record<string, { title: string; isBilled: boolean }>;

export type ExceptionCode = keyof typeof exceptionKinds;

const isKnown = (code: string): code is ExceptionCode => Object.hasOwn(exceptionKinds, code);

/** What a row's code means; one that an older program wrote is shown by its code and taken for not billed. */
export const exceptionKind = (code: string): { title: string; isBilled: boolean } =>
  isKnown(code) ? exceptionKinds[code] : { title: code, isBilled: false };
