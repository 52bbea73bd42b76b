import { Currency, ForeignId, Id, LocalDate, Version } from '@legendops/kit/contract/values';
import { optionalLine } from '@legendops/kit/contract/line-of-text';
import { PageQuery, pageOf } from '@legendops/kit/contract/page';
import { Verdict } from '@legendops/kit/contract/verdict';
import { z } from 'zod';

export const LinkKind = z.enum(['customer', 'item', 'tax-code', 'terms']).meta({ id: 'LinkKind' });

/** How it came to be confirmed: by what was posted to it, because we made it, or by a person. */
export const LinkOrigin = z.enum(['posted', 'made', 'person']).meta({ id: 'LinkOrigin' });

/** An id of QuickBooks's own. */
const QuickBooksId = z.string().regex(/^[A-Za-z0-9:-]{1,40}$/);

/** Something of QuickBooks's lists that can be chosen. */
export const QuickBooksEntry = z
  .object({
    id: QuickBooksId,
    name: z.string(),
    isActive: z.boolean(),
    /** Of a customer in books with Multicurrency. */
    currency: Currency.nullable(),
  })
  .meta({ id: 'QuickBooksEntry' });

/** Without a customer and a product it is for all of them. */
export const Link = z
  .object({
    id: Id,
    kind: LinkKind,
    customerId: Id.nullable(),
    productId: ForeignId.nullable(),
    currency: Currency.nullable(),
    /** Null until QuickBooks has made it, with the next invoice. */
    quickBooksId: z.string().nullable(),
    quickBooksName: z.string(),
    origin: LinkOrigin,
    /** QuickBooks has it no more: nothing goes there until a person links anew. */
    isGone: z.boolean(),
    version: Version,
  })
  .meta({ id: 'Link' });

/**
 * `new`: nothing in QuickBooks has its name, so the next invoice makes it there. `needed`: a person has to say who it is.
 * `unasked`: it is not linked, and QuickBooks cannot be asked at the moment who it may be.
 */
export const LinkState = z.enum(['linked', 'gone', 'needed', 'new', 'unasked']).meta({ id: 'LinkState' });

/** A customer here and who it is in QuickBooks. */
export const CustomerLink = z
  .object({
    customerId: Id,
    customerName: z.string(),
    state: LinkState,
    /** One for each currency in which it is billed. */
    links: z.array(Link),
    /** Who it may be, by name, the likeliest first; a person confirms it. */
    suggestions: z.array(QuickBooksEntry),
    acts: z.object({ confirm: Verdict }),
  })
  .meta({ id: 'CustomerLink' });
export const LinkPage = pageOf(CustomerLink).meta({ id: 'LinkPage' });
export const LinkQuery = PageQuery;

/** What stands on invoices from now on. QuickBooks is asked for its name. */
export const NewLink = z
  .strictObject({
    kind: LinkKind,
    customerId: Id.optional(),
    productId: ForeignId.optional(),
    quickBooksId: QuickBooksId,
  })
  .meta({ id: 'NewLink' });

/** A customer that QuickBooks shall have anew, under this name, with the next invoice. */
export const NewQuickBooksCustomer = z
  .strictObject({
    customerId: Id,
    currency: Currency.optional(),
    name: optionalLine(500)
      .min(1)
      .refine((name) => !name.includes(':'), 'QuickBooks takes no colon in a name'),
  })
  .meta({ id: 'NewQuickBooksCustomer' });

export const EntryQuery = z.strictObject({ kind: LinkKind, search: z.string().max(200).optional() });
export const QuickBooksEntries = z
  .object({ data: z.array(QuickBooksEntry), more: z.boolean() })
  .meta({ id: 'QuickBooksEntries' });

export const InvoiceDate = z.enum(['period-end', 'posting-day']).meta({ id: 'InvoiceDate' });
export const ClosedBooks = z.enum(['ask', 'first-open-day']).meta({ id: 'ClosedBooks' });
const choices = { invoiceDate: InvoiceDate, closedBooks: ClosedBooks };
export const BookChoices = z.object(choices).meta({ id: 'BookChoices' });
export const NewBookChoices = z.strictObject(choices).meta({ id: 'NewBookChoices' });

/** The company that is posted to: how it keeps its books, and what was chosen for it. */
export const Books = z
  .object({
    realmId: z.string(),
    country: z.string().nullable(),
    homeCurrency: z.string().nullable(),
    multiCurrency: z.boolean(),
    usesSalesTax: z.boolean(),
    closedThrough: LocalDate.nullable(),
    choices: BookChoices,
    /** Items, tax codes and terms, those for all first. */
    links: z.array(Link),
    /** What has to be chosen before anything can be posted. */
    missing: z.array(LinkKind),
    acts: z.object({ choose: Verdict }),
  })
  .meta({ id: 'Books' });

export type LinkKind = z.infer<typeof LinkKind>;
export type LinkOrigin = z.infer<typeof LinkOrigin>;
export type Link = z.infer<typeof Link>;
export type LinkState = z.infer<typeof LinkState>;
export type CustomerLink = z.infer<typeof CustomerLink>;
export type QuickBooksEntry = z.infer<typeof QuickBooksEntry>;
export type NewLink = z.infer<typeof NewLink>;
export type NewQuickBooksCustomer = z.infer<typeof NewQuickBooksCustomer>;
export type BookChoices = z.infer<typeof BookChoices>;
export type Books = z.infer<typeof Books>;
