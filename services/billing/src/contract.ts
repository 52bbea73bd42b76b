import { changesOf } from '@legendops/kit/contract/changes';
import { AmountMinor, Currency, ForeignId, Id, LocalDate, Timestamp, Version } from '@legendops/kit/contract/values';
import { lineOfText } from '@legendops/kit/contract/line-of-text';
import { PageQuery, pageOf } from '@legendops/kit/contract/page';
import { Verdict } from '@legendops/kit/contract/verdict';
import { z } from 'zod';
import { paidInList } from './book-entry/contract.ts';
import { Decision, GivenApproval, LineEdit } from './invoice/contract.ts';

/** Decimal text of a quantity or a price that has more digits than its currency. */
const Decimal = z.string().regex(/^-?\d+(\.\d+)?$/);

export const Money = z.object({ amountMinor: AmountMinor, currency: Currency }).meta({ id: 'Money' });

export const Vendor = z.enum(['pax8', 'quickbooks']).meta({ id: 'Vendor' });

/**
 * `reconnect`: the vendor no longer accepts our credentials. `paused`: its answer differed from what was sent, or what a person
 * pays it for has ended. Either way a person has to connect again.
 */
export const ConnectionState = z.enum(['connected', 'reconnect', 'paused']).meta({ id: 'ConnectionState' });

export const Connection = z
  .object({
    id: Id,
    vendor: Vendor,
    state: ConnectionState,
    account: z.string(),
    /** What the vendor calls the account; null where it does not say. */
    accountName: z.string().nullable(),
    /** Why it does not work; null while it does. */
    failure: z.string().nullable(),
    version: Version,
    updatedAt: Timestamp,
  })
  .meta({ id: 'Connection' });
export const Connections = z
  .object({ data: z.array(Connection), acts: z.object({ connect: Verdict }) })
  .meta({ id: 'Connections' });

export const Pax8Credentials = z
  .strictObject({ clientId: lineOfText(200), clientSecret: z.string().min(1).max(500) })
  .meta({ id: 'Pax8Credentials' });

/** Where the browser goes to connect a QuickBooks company; it comes back to /connections of the portal. */
export const QuickBooksAuthorization = z.object({ url: z.url() }).meta({ id: 'QuickBooksAuthorization' });

export const UsageLine = z
  .object({
    id: Id,
    customerId: Id.nullable(),
    customerName: z.string(),
    usageDate: LocalDate,
    productName: z.string(),
    resourceGroup: z.string(),
    unitOfMeasure: z.string(),
    quantity: Decimal,
    /** What Pax8 charges the MSP, in whole currency units with every digit that Pax8 gave. Null to whom costs are not told. */
    cost: Decimal.nullable(),
    currency: Currency,
  })
  .meta({ id: 'UsageLine' });
export const UsageQuery = PageQuery.extend({
  customerId: Id.optional(),
  from: LocalDate.optional(),
  to: LocalDate.optional(),
});
export const UsagePage = pageOf(UsageLine).meta({ id: 'UsagePage' });

export const Subscription = z
  .object({
    /** Pax8's own. */
    id: ForeignId,
    customerId: Id.nullable(),
    customerName: z.string(),
    productName: z.string(),
    quantity: Decimal,
    status: z.string(),
    billingTerm: z.string(),
    startDate: LocalDate,
    /** What Pax8 suggests as a price, and what it charges the MSP. Null to whom costs are not told. */
    price: Decimal.nullable(),
    cost: Decimal.nullable(),
    currency: Currency,
  })
  .meta({ id: 'Subscription' });
export const SubscriptionQuery = PageQuery.extend({ customerId: Id.optional() });
export const SubscriptionPage = pageOf(Subscription).meta({ id: 'SubscriptionPage' });

export const JobName = z.enum(['usage-sync', 'invoice-run', 'reconcile']).meta({ id: 'JobName' });
export const RunState = z.enum(['running', 'done', 'failed', 'needs-person']).meta({ id: 'RunState' });

export const Run = z
  .object({
    id: Id,
    job: JobName,
    period: LocalDate.nullable(),
    state: RunState,
    code: z.string().nullable(),
    detail: z.string().nullable(),
    counts: z.record(z.string(), z.number()),
    startedAt: Timestamp,
    finishedAt: Timestamp.nullable(),
  })
  .meta({ id: 'Run' });
export const RunPage = pageOf(Run).meta({ id: 'RunPage' });

/**
 * Of a month that is billed: `open` is not over yet, `due` is over and waits for its run, `run` is drafted and looked at again,
 * `skipped` a person has left out, `closed` nothing looks at any more.
 */
export const PeriodState = z.enum(['open', 'due', 'run', 'skipped', 'closed']).meta({ id: 'PeriodState' });

/** Where in the portal a next step is taken. */
export const WayOut = z
  .enum(['prices', 'import', 'customer', 'connections', 'periods', 'links', 'invoice', 'reconciliation'])
  .meta({ id: 'WayOut' });

/** Something that a run could not bill; `nextStep` is the one thing that a person can do about it. */
export const BillingException = z
  .object({
    id: Id,
    code: z.string(),
    /** False where it is left out of the invoices. */
    isBilled: z.boolean(),
    customerId: Id.nullable(),
    customerName: z.string().nullable(),
    /** The invoice that it is about, where it is about one. */
    invoiceId: Id.nullable(),
    detail: z.string(),
    nextStep: z.string(),
    /** Null where whoever asks can take the step nowhere here. */
    wayOut: WayOut.nullable(),
    /** The money that it is about; null where nobody can say. */
    amount: Money.nullable(),
    /** The first day of the month that it is about; null for what is about no month. */
    period: LocalDate.nullable(),
    firstSeenAt: Timestamp,
    acts: z.object({ dismiss: Verdict }),
  })
  .meta({ id: 'BillingException' });
export const ExceptionQuery = PageQuery.extend({
  /** One kind of them. */
  code: z
    .string()
    .regex(/^[a-z][a-z.-]{0,60}$/)
    .optional(),
});
export const ExceptionPage = pageOf(BillingException).meta({ id: 'ExceptionPage' });

/**
 * `settled`: its lines cancel out, and there is nothing to post. `rejected`: a person leaves it unbilled. `voided`: it was posted,
 * and is void or deleted in QuickBooks.
 */
export const InvoiceStatus = z
  .enum(['draft', 'approved', 'posting', 'posted', 'in-doubt', 'failed', 'settled', 'rejected', 'voided'])
  .meta({ id: 'InvoiceStatus' });

/** What is owed to a customer is a credit memo: its total is below nothing. */
export const InvoiceKind = z.enum(['invoice', 'credit-memo']).meta({ id: 'InvoiceKind' });

export const Invoice = z
  .object({
    id: Id,
    kind: InvoiceKind,
    customerId: Id,
    customerName: z.string(),
    periodStart: LocalDate,
    /** The first day after the period. */
    periodEnd: LocalDate,
    currency: Currency,
    totalMinor: AmountMinor,
    status: InvoiceStatus,
    /** Changes with every change of what would be billed; an approval names it. */
    contentHash: z.string(),
    docNumber: z.string().nullable(),
    version: Version,
    createdAt: Timestamp,
    /** What a person has decided about it, as long as that stands; null to whom it is not told. */
    decision: Decision.nullable(),
    /** Whether one of two persons has approved it as it is. */
    awaitsSecond: z.boolean(),
    ...paidInList,
  })
  .meta({ id: 'Invoice' });
export const InvoicePage = pageOf(Invoice).meta({ id: 'InvoicePage' });

export const InvoiceLine = z
  .object({
    id: Id,
    description: z.string(),
    quantity: Decimal,
    unitPrice: Decimal,
    amountMinor: AmountMinor,
    /** What the vendor charges us for it. Null to whom costs are not told. */
    costMinor: AmountMinor.nullable(),
    /** How the amount came about, one sentence a step. */
    steps: z.array(z.string()),
    /** The first day of the month that it corrects; null for what is billed for the first time. */
    correctsPeriod: LocalDate.nullable(),
    /** What a person has changed of it; null where nobody has, and to whom it is not told. */
    edit: LineEdit.nullable(),
  })
  .meta({ id: 'InvoiceLine' });

export const PostingState = InvoiceStatus.exclude(['draft', 'approved', 'settled', 'rejected']).meta({
  id: 'PostingState',
});

export const Posting = z
  .object({
    state: PostingState,
    docNumber: z.string(),
    quickBooksId: z.string().nullable(),
    code: z.string().nullable(),
    detail: z.string().nullable(),
    wayOut: WayOut.nullable(),
    updatedAt: Timestamp,
  })
  .meta({ id: 'Posting' });

export const InvoiceDetail = Invoice.extend({
  lines: z.array(InvoiceLine),
  /** Null before there is one, and to whom its state is not told. */
  posting: Posting.nullable(),
  approvedAt: Timestamp.nullable(),
  /** Who has approved it as it is. */
  approvals: z.array(GivenApproval),
  /** How many persons approve an invoice of this amount. */
  approversNeeded: z.number().int(),
  acts: z.object({
    approve: Verdict,
    post: Verdict,
    settle: Verdict,
    edit: Verdict,
    hold: Verdict,
    release: Verdict,
    reject: Verdict,
    takeBack: Verdict,
  }),
}).meta({ id: 'InvoiceDetail' });

/** What a person has found out about a posting that cannot be looked for, with what proves it. */
export const Settlement = z
  .discriminatedUnion('outcome', [
    z.strictObject({
      outcome: z.literal('in-quickbooks'),
      /** QuickBooks's own id of the invoice; it stands in its address there. */
      quickBooksId: z.string().regex(/^\d{1,20}$/),
      evidence: lineOfText(1_000),
    }),
    z.strictObject({ outcome: z.literal('not-in-quickbooks'), evidence: lineOfText(1_000) }),
  ])
  .meta({ id: 'Settlement' });

/** The hash of what the person saw: an approval of something else is refused. */
export const Approval = z.strictObject({ contentHash: z.string().max(100) }).meta({ id: 'Approval' });

/** A product at Pax8 that a customer has or has used. */
export const BillableProduct = z.object({ id: ForeignId, name: z.string() }).meta({ id: 'BillableProduct' });
export const BillableProducts = z.object({ data: z.array(BillableProduct) }).meta({ id: 'BillableProducts' });

/** What a screen shows and others change. */
export const Topic = z
  .enum(['invoices', 'runs', 'usage', 'exceptions', 'connections', 'price-rules', 'customers', 'links'])
  .meta({ id: 'Topic' });

export const Changes = changesOf(Topic).meta({ id: 'Changes' });

export type Topic = z.infer<typeof Topic>;
export type Changes = z.infer<typeof Changes>;
export type Vendor = z.infer<typeof Vendor>;
export type ConnectionState = z.infer<typeof ConnectionState>;
export type Connection = z.infer<typeof Connection>;
export type UsageQuery = z.infer<typeof UsageQuery>;
export type UsageLine = z.infer<typeof UsageLine>;
export type SubscriptionQuery = z.infer<typeof SubscriptionQuery>;
export type Subscription = z.infer<typeof Subscription>;
export type JobName = z.infer<typeof JobName>;
export type RunState = z.infer<typeof RunState>;
export type Run = z.infer<typeof Run>;
export type PeriodState = z.infer<typeof PeriodState>;
export type WayOut = z.infer<typeof WayOut>;
export type BillingException = z.infer<typeof BillingException>;
export type Money = z.infer<typeof Money>;
export type Invoice = z.infer<typeof Invoice>;
export type InvoiceLine = z.infer<typeof InvoiceLine>;
export type InvoiceDetail = z.infer<typeof InvoiceDetail>;
export type InvoiceKind = z.infer<typeof InvoiceKind>;
export type Settlement = z.infer<typeof Settlement>;
export type InvoiceStatus = z.infer<typeof InvoiceStatus>;
export type PostingState = z.infer<typeof PostingState>;
export type Posting = z.infer<typeof Posting>;
export type BillableProduct = z.infer<typeof BillableProduct>;
