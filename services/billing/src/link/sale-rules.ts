import { createHash } from 'node:crypto';
import type { Scope } from '@legendops/kit/db/tenant-database';
import { sameName } from '../quickbooks/account-lists.ts';
import { isInTheUs, type BookFacts } from '../quickbooks/book-facts.ts';
import { QuickBooksError } from '../quickbooks/quickbooks-error.ts';
import type { TenantAccount } from '../quickbooks/tenant-accounts.ts';
import type { LinkKind } from './contract.ts';
import type { KnownLinks } from './known-links.ts';
import type { LinkRow } from './link-row.ts';
import type { Needs } from './needs.ts';

const itemName = 'Managed services';

/** Books with sales tax: what is taxed, and how, is nothing that can be guessed. */
export const asksForTaxCode = (facts: BookFacts): boolean => facts.usesSalesTax;

const needed = <What extends Needs['what']>(what: What, detail: string, nextStep: string): Needs & { what: What } => ({
  is: 'needed',
  of: 'books',
  what,
  detail,
  nextStep,
});

/** The most telling of the rules: of the customer, then of the product, then of all. */
const ruleFor = (
  rules: readonly LinkRow[],
  kind: LinkKind,
  { customerId, productId }: { customerId: string | null; productId: string | null },
): LinkRow | undefined => {
  const of = rules.filter((rule) => rule.kind === kind);
  return (
    of.find((rule) => rule.customer_id !== null && rule.customer_id === customerId) ??
    of.find((rule) => rule.product_id !== null && rule.product_id === productId) ??
    of.find(isForAll)
  );
};

interface Asked {
  links: KnownLinks;
  scope: Scope;
  connected: TenantAccount;
  rules: readonly LinkRow[];
}

const taxCodeNeeded = needed(
  'tax-code',
  'These books keep sales tax, and nobody has said whether what is sold is taxed',
  'Press “Add choice” under “Links” for the tax code of every product, and for those that differ',
);

const isForAll = ({ customer_id, product_id }: LinkRow): boolean => customer_id === null && product_id === null;

/** What has to be chosen for these books before anything can be posted. */
export const missingChoices = (facts: BookFacts, rules: readonly LinkRow[]): (Needs & { what: 'tax-code' })[] =>
  asksForTaxCode(facts) && !rules.some((rule) => rule.kind === 'tax-code' && isForAll(rule)) ? [taxCodeNeeded] : [];

const isTaken = (error: unknown): boolean => error instanceof QuickBooksError && error.code === '6240';

/**
 * The item for what has none of its own: chosen by a person, kept from what was posted before, or made where there is none.
 * Asked for again it is the one that our request made, whatever became of its answer; somebody else's stays refused.
 */
const defaultItem = async ({ links, scope, connected }: Omit<Asked, 'rules'>): Promise<string | Needs> => {
  const { realmId, account, books } = connected;
  const subject = { realmId, kind: 'item', customerId: null, productId: null, currency: null } as const;
  const listed = (await books.items()).find(({ name }) => sameName(name, itemName));
  if (listed?.isActive && (await links.hasPosted(scope, realmId))) {
    await links.keep(scope, subject, listed, 'posted');
    return listed.id;
  }
  try {
    const requestId = createHash('sha256').update(`${realmId}\nitem\n${itemName}`).digest('hex').slice(0, 32);
    const made = await account.createServiceItem(itemName, requestId);
    connected.forgetBooks();
    await links.keep(scope, subject, made, 'made');
    return made.id;
  } catch (error) {
    if (!isTaken(error)) throw error;
  }
  const about = listed ? ` (id ${listed.id}${listed.isActive ? '' : ', inactive'})` : '';
  return needed(
    'item',
    `QuickBooks has an item “${itemName}”${about}; nobody has said which item invoices are to name`,
    'Press “Add choice” under “Links” for the item of every product',
  );
};

export const goneItem = (name: string): Needs =>
  needed(
    'item',
    `The item “${name}” was made inactive in QuickBooks`,
    'Make it active there, or press “Add choice” under “Links” for another one',
  );

/** What stands on a line, by its product. */
export interface LineRules {
  itemId: string;
  taxCode: string | null;
}

/** Item and tax code of each product of a customer's invoice; or what a person has to choose first. */
export const lineRulesFor = async (
  asked: Asked,
  { customerId, productIds }: { customerId: string; productIds: readonly (string | null)[] },
): Promise<Map<string | null, LineRules> | Needs> => {
  const facts = await asked.connected.books.facts();
  const found = new Map<string | null, LineRules>();
  let forAll: string | undefined;
  for (const productId of new Set(productIds)) {
    const item = ruleFor(asked.rules, 'item', { customerId: null, productId });
    if (item && item.gone_at !== null) return goneItem(item.remote_name);
    const itemId = item?.remote_id ?? forAll ?? (await defaultItem(asked));
    if (typeof itemId !== 'string') return itemId;
    if (!item) forAll = itemId;
    const code = ruleFor(asked.rules, 'tax-code', { customerId, productId })?.remote_id ?? null;
    if (code === null && asksForTaxCode(facts)) return taxCodeNeeded;
    found.set(productId, { itemId, taxCode: asksForTaxCode(facts) ? code : isInTheUs(facts) ? 'NON' : null });
  }
  return found;
};

/** The terms of a customer; undefined where none were chosen. */
export const termsFor = (rules: readonly LinkRow[], customerId: string): string | undefined =>
  ruleFor(rules, 'terms', { customerId, productId: null })?.remote_id ?? undefined;
