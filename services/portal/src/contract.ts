import { AuditAuthor, AuditChange, AuditSubject } from '@legendops/kit/contract/audit-payload';
import { ForeignId, Id, LocalDate, Timestamp, Version } from '@legendops/kit/contract/values';
import { asLineOfText, lineOfText } from '@legendops/kit/contract/line-of-text';
import { PageQuery, pageOf } from '@legendops/kit/contract/page';
import { z } from 'zod';

export const longestName = 256;

export const Customer = z
  .object({
    id: Id,
    name: z.string(),
    pax8CompanyId: ForeignId.nullable(),
    state: z.enum(['active', 'archived']),
    version: Version,
    createdAt: Timestamp,
    updatedAt: Timestamp,
  })
  .meta({ id: 'Customer' });

// Names are kept as lines: what is searched for is spelt like them.
const asWritten = (text: string): string => asLineOfText(text, 100);

/** `search` finds names that hold every one of its words somewhere, whatever their case. */
export const CustomerQuery = PageQuery.extend({
  search: z.string().trim().max(100).overwrite(asWritten).min(1).optional(),
  order: z.enum(['newest', 'name']).default('newest'),
  /** These alone, at most 100, separated by commas. */
  ids: z
    .string()
    .regex(/^[0-9a-f-]{36}(,[0-9a-f-]{36}){0,99}$/)
    .transform((text) => text.split(','))
    .pipe(z.array(Id))
    .optional(),
});

export const CustomerPage = pageOf(Customer).meta({ id: 'CustomerPage' });

/** Of a company: a line, which may well be written like an address of the web. */
const CustomerName = lineOfText(longestName);

/** Two customers may have one name, but only where a person says so: mostly the second one is a mistake. */
const evenIfNameIsTaken = z.boolean().optional();

export const NewCustomer = z.strictObject({ name: CustomerName, evenIfNameIsTaken }).meta({ id: 'NewCustomer' });

export const CustomerChange = z
  .strictObject({
    name: CustomerName.optional(),
    state: z.enum(['active', 'archived']).optional(),
    evenIfNameIsTaken,
  })
  .meta({ id: 'CustomerChange' });

/** What an import of Pax8 companies did; companies that have their customer already are `unchanged`. */
export const ImportResult = z
  .object({ created: z.number().int(), renamed: z.number().int(), unchanged: z.number().int() })
  .meta({ id: 'ImportResult' });

/** Whose act it was: the service that did it and wrote it down. */
export const AuditService = z.enum(['auth', 'billing', 'catalog', 'portal']).meta({ id: 'AuditService' });

/** Somebody did something. Entries are never changed; `position` counts an organisation's from 1 without a gap. */
export const AuditEntry = z
  .object({
    id: Id,
    position: z.number().int().positive(),
    happenedAt: Timestamp,
    /** One of kit's audit acts, or of a newer service's. */
    act: z.string(),
    author: AuditAuthor,
    service: AuditService,
    subject: AuditSubject,
    changes: z.array(AuditChange),
    requestId: z.string().nullable(),
    traceId: z.string().nullable(),
  })
  .meta({ id: 'AuditEntry' });

export const AuditQuery = PageQuery.extend({
  act: z
    .string()
    .regex(/^[a-z][a-z.-]{0,99}$/)
    .optional(),
  memberId: Id.optional(),
  subjectType: z
    .string()
    .regex(/^[a-z][a-z-]{0,49}$/)
    .optional(),
  subjectId: Id.optional(),
  /** Days of the organisation's time zone, both included. */
  from: LocalDate.optional(),
  to: LocalDate.optional(),
});

export const AuditPage = pageOf(AuditEntry).meta({ id: 'AuditPage' });

export type AuditService = z.infer<typeof AuditService>;
export type AuditEntry = z.infer<typeof AuditEntry>;
export type AuditQuery = z.infer<typeof AuditQuery>;
export type AuditPage = z.infer<typeof AuditPage>;
export type Customer = z.infer<typeof Customer>;
export type CustomerPage = z.infer<typeof CustomerPage>;
export type NewCustomer = z.infer<typeof NewCustomer>;
export type CustomerChange = z.infer<typeof CustomerChange>;
export type ImportResult = z.infer<typeof ImportResult>;

/** The portal's pages by the patterns of their paths. */
const ReportedPage = z.enum([
  '/',
  '/customers',
  '/customers/$customerId',
  '/usage',
  '/usage/$subscriptionId',
  '/invoices',
  '/invoices/$invoiceId',
  '/exceptions',
  '/periods/$period',
  '/periods',
  '/reconciliation',
  '/shadow-runs',
  '/connections',
  '/links',
  '/seats',
  '/seats/$pushId',
  '/prices',
  '/prices/$productId',
  '/products',
  '/products/import',
  '/products/categories',
  '/products/$productId',
  '/stencils',
  '/stencils/$stencilId',
  '/stencils/$stencilId/comparison',
  '/stencils/$stencilId/masters/$masterId',
  '/cabling',
  '/cabling/$designId',
  '/calculators',
  '/calculators/$calculatorId',
  '/runs',
  '/notices',
  '/team',
  '/audit',
]);

const errorCount = z.number().int().min(0).max(100);

/** What a browser tells of a page when it leaves it: patterns and counts, no address, no text, nobody's name. */
export const PageReport = z.strictObject({
  page: ReportedPage,
  /** From the navigation to the portal being shown; null when it was told before, or the page came without a navigation. */
  loadMs: z.number().int().min(0).max(120_000).nullable(),
  errors: z.strictObject({ script: errorCount, promise: errorCount, code: errorCount }),
});
export type PageReport = z.infer<typeof PageReport>;
