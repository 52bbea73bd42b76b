import type { WayOut } from '../contract.ts';

interface PostingReason {
  /** False where the number is proven to be somebody else's: the next try takes a new one, and for no other reason. */
  keepsNumber: boolean;
  /** Where a person can do something about it here, for those that wait for one. */
  wayOut: WayOut | null;
}

const stands = { keepsNumber: true, wayOut: null } as const;
const connects = { keepsNumber: true, wayOut: 'connections' } as const;

const chooses = { keepsNumber: true, wayOut: 'links' } as const;

/** Every code of ours with which a posting says why it stands as it does; what QuickBooks says comes under its own. */
export const postingReasons = {
  'total-differs': stands,
  'currency-differs': stands,
  'number-differs': stands,
  'doc-number-taken': { keepsNumber: false, wayOut: null },
  'invoice-unmarked': stands,
  'custom-numbers-off': stands,
  'currency-unsupported': stands,
  'customer-differs': stands,
  'link-needed': chooses,
  'item-needed': chooses,
  'tax-code-needed': chooses,
  'books-closed': chooses,
  /** A person says whether the two bill one thing. */
  'superops-invoices-too': stands,
  /** Who approved it may do so no more, or two persons have to by now. */
  'approval-lapsed': stands,
  'other-company': stands,
  'settled-by-hand': stands,
  'taken-back': stands,
  'sender-died': stands,
  /** Its document in QuickBooks is void or deleted, and keeps its number there. */
  'void-in-books': { keepsNumber: false, wayOut: null },
  /** And is so no more. */
  'still-in-books': stands,
  'subscription-lapsed': connects,
  reconnect: connects,
  'connection.missing': connects,
} as const satisfies Record<string, PostingReason>;

export type PostingCode = keyof typeof postingReasons;

const isOurs = (code: string): code is PostingCode => Object.hasOwn(postingReasons, code);

export const postingReason = (code: string | null): PostingReason =>
  code !== null && isOurs(code) ? postingReasons[code] : stands;
