import type { JobName, WayOut } from '../contract.ts';

export interface ExceptionKind {
  /** What those of the kind have in common. */
  title: string;
  /**
   * The job that opens it where it finds it, and resolves it where it no longer does; a posting that waits for it; what the
   * nightly sync does after it has read usage: it reads evidence, and compares bills with it; or what a person has decided.
   */
  openedBy: JobName | 'posting' | 'evidence' | 'variance' | 'person';
  /** There is one for each of these at a time. */
  onePer:
    | 'company'
    | 'subscription'
    | 'subscription or usage'
    | 'line'
    | 'customer'
    | 'invoice'
    | 'month'
    | 'record'
    | 'books'
    | 'product';
  /** Whether its thing is billed all the same. */
  isBilled: boolean;
  /** Where its next step is taken, for whom may; null where that is not here. */
  wayOut: WayOut | null;
}

const ofSubscription = {
  openedBy: 'invoice-run',
  onePer: 'subscription',
  isBilled: false,
  wayOut: null,
} as const;
const ofSource = { openedBy: 'invoice-run', onePer: 'subscription or usage', isBilled: false } as const;
const ofMonth = { openedBy: 'variance', onePer: 'customer', isBilled: true, wayOut: 'reconciliation' } as const;
const ofPosted = { openedBy: 'reconcile', onePer: 'invoice', isBilled: true, wayOut: 'invoice' } as const;

/** Every exception that a job can open. */
export const exceptionKinds = {
  'customer.unmatched': {
    title: 'Companies at Pax8 that are no customers here',
    openedBy: 'invoice-run',
    onePer: 'company',
    isBilled: false,
    wayOut: 'import',
  },
  'customer.archived': { title: 'Archived customers that still buy', ...ofSource, wayOut: 'customer' },
  'price.missing': { title: 'No price', ...ofSource, wayOut: 'prices' },
  'price.currency': { title: 'Prices in another currency', ...ofSource, wayOut: 'prices' },
  'price.term': { title: 'Prices that name no billing term', ...ofSource, wayOut: 'prices' },
  'price.zero': { title: 'Markup on a cost of nothing', ...ofSource, wayOut: 'prices' },
  'cost.missing': { title: 'Markup on a cost that Pax8 does not say', ...ofSource, wayOut: 'prices' },
  'currency.mismatch': { title: 'Bought in another currency', ...ofSource, wayOut: 'customer' },
  'record.unreadable': {
    title: 'Records of Pax8 that cannot be read',
    openedBy: 'usage-sync',
    onePer: 'record',
    isBilled: false,
    wayOut: null,
  },
  'usage.withdrawn': {
    title: 'Usage that Pax8 no longer lists',
    openedBy: 'usage-sync',
    onePer: 'subscription',
    isBilled: true,
    wayOut: null,
  },
  'evidence.unreadable': {
    title: 'Invoices, orders, contacts or prices of Pax8 that cannot be read',
    openedBy: 'evidence',
    onePer: 'record',
    isBilled: true,
    wayOut: null,
  },
  'evidence.unread': {
    title: 'Lists of Pax8 that could not be read',
    openedBy: 'evidence',
    onePer: 'record',
    isBilled: true,
    wayOut: 'connections',
  },
  'variance.unlinked': { title: 'Billed by Pax8 for nobody here', ...ofMonth, isBilled: false },
  'variance.not-billed': { title: 'Billed by Pax8, and by no invoice', ...ofMonth, isBilled: false },
  'variance.billed-without-cost': { title: 'Billed to customers, and not by Pax8', ...ofMonth },
  'variance.currency': { title: 'Billed by Pax8 in another currency', ...ofMonth },
  'variance.quantity': { title: 'Pax8 bills another quantity', ...ofMonth },
  'variance.price': { title: 'Pax8 bills another cost', ...ofMonth, onePer: 'product' },
  'variance.cost-unknown': { title: 'Billed without knowing the cost', ...ofMonth, onePer: 'product' },
  'term.unknown': { title: 'Billing terms that are not known', ...ofSubscription },
  'status.unknown': { title: 'States that are not known', ...ofSubscription },
  'subscription.no-end': { title: 'Cancelled, but since when?', ...ofSubscription },
  'subscription.gone': { title: "Gone from Pax8's list", ...ofSubscription },
  'subscription.late': { title: 'Listed by Pax8 after its months were billed', ...ofSubscription },
  'return.undecided': { title: 'Seats given back, or not?', ...ofSubscription },
  'return.kept': { title: 'Billed, though Pax8 lists them no more', ...ofSubscription, isBilled: true },
  'quantity.added': { title: 'Added to what was bought once', ...ofSubscription },
  'term.changed': { title: 'Terms changed in a paid term', ...ofSubscription },
  'rating.failed': { title: 'Could not be rated', ...ofSource, wayOut: null },
  'start.moved': { title: 'Starts moved in a paid term', ...ofSubscription, isBilled: true },
  'line.billed-elsewhere': {
    title: 'Billed to another customer',
    openedBy: 'invoice-run',
    onePer: 'line',
    isBilled: true,
    wayOut: 'customer',
  },
  'price.below-cost': {
    title: 'Sold below cost',
    openedBy: 'invoice-run',
    onePer: 'line',
    isBilled: true,
    wayOut: 'prices',
  },
  'invoice.differs': {
    title: 'Changed after the approval, and cannot be priced',
    openedBy: 'invoice-run',
    onePer: 'invoice',
    isBilled: true,
    wayOut: 'customer',
  },
  'period.skipped': {
    title: 'Months that were skipped',
    openedBy: 'invoice-run',
    onePer: 'month',
    isBilled: false,
    wayOut: 'periods',
  },
  'correction.waiting': {
    title: 'Corrections that wait for the next invoice',
    openedBy: 'invoice-run',
    onePer: 'customer',
    isBilled: true,
    wayOut: 'customer',
  },
  'link.needed': {
    title: 'Who is it in QuickBooks?',
    openedBy: 'posting',
    onePer: 'customer',
    isBilled: false,
    wayOut: 'links',
  },
  'books.needed': {
    title: 'Choices that QuickBooks asks for',
    openedBy: 'posting',
    onePer: 'books',
    isBilled: false,
    wayOut: 'links',
  },
  'invoice.superops-too': {
    title: 'Invoiced by SuperOps, too?',
    openedBy: 'posting',
    onePer: 'invoice',
    isBilled: false,
    wayOut: 'invoice',
  },
  'approval.lapsed': {
    title: 'Approvals that count no more',
    openedBy: 'posting',
    onePer: 'invoice',
    isBilled: false,
    wayOut: 'invoice',
  },
  'void.failed': {
    title: 'Not made void in QuickBooks',
    openedBy: 'posting',
    onePer: 'invoice',
    isBilled: true,
    wayOut: 'invoice',
  },
  'invoice.superops-later': { title: 'Invoiced by SuperOps, too, found after ours was sent', ...ofPosted },
  'invoice.left': {
    title: 'Rejected, and not billed',
    openedBy: 'person',
    onePer: 'invoice',
    isBilled: false,
    wayOut: 'invoice',
  },
  'posted.missing': { title: 'Deleted in QuickBooks', ...ofPosted },
  'posted.voided': { title: 'Voided in QuickBooks', ...ofPosted },
  'posted.total-differs': { title: 'Another total in QuickBooks', ...ofPosted },
  'posted.other-id': { title: 'Another invoice in QuickBooks', ...ofPosted },
  'posted.number-differs': { title: 'Another number in QuickBooks', ...ofPosted },
  'posted.customer-differs': { title: 'Another customer in QuickBooks', ...ofPosted },
  'posted.lines-differ': { title: 'Other lines in QuickBooks', ...ofPosted },
  'posted.copied': { title: 'Copies of our invoices in QuickBooks', ...ofPosted },
  'posted.unknown': { title: 'In QuickBooks with our mark, and not known here', ...ofPosted, onePer: 'record' },
} as const satisfies Record<string, ExceptionKind>;

type Kinds = typeof exceptionKinds;
export type ExceptionCode = keyof Kinds;

/** What a job may open. */
export type CodeOpenedBy<Job extends ExceptionKind['openedBy']> = {
  [Code in ExceptionCode]: Kinds[Code]['openedBy'] extends Job ? Code : never;
}[ExceptionCode];

/** Every code that a job opens: those that it no longer finds are resolved by it. Those of a posting by what settles them. */
export const codesOpenedBy = (opener: ExceptionKind['openedBy']): string[] =>
  Object.entries(exceptionKinds).flatMap(([code, { openedBy }]) => (openedBy === opener ? [code] : []));

/** What an invoice run, or a person, leaves out of the invoices. */
export const unbilledCodes: string[] = Object.entries(exceptionKinds).flatMap(([code, { openedBy, isBilled }]) =>
  (openedBy === 'invoice-run' || openedBy === 'person') && !isBilled ? [code] : [],
);

const isKnown = (code: string): code is ExceptionCode => Object.hasOwn(exceptionKinds, code);

/** What a row's code means; one that an older program wrote is shown by its code and taken for not billed. */
export const exceptionKind = (code: string): Pick<ExceptionKind, 'title' | 'isBilled' | 'wayOut'> =>
  isKnown(code) ? exceptionKinds[code] : { title: code, isBilled: false, wayOut: 'customer' };
