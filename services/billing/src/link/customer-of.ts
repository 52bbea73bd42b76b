import { createHash } from 'node:crypto';
import type { Scope } from '@legendops/kit/db/tenant-database';
import type { ListedCustomer, NameHolder } from '../quickbooks/account-lists.ts';
import { QuickBooksError } from '../quickbooks/quickbooks-error.ts';
import { noteWith } from '../quickbooks/sale.ts';
import type { TenantAccount } from '../quickbooks/tenant-accounts.ts';
import type { KnownLinks } from './known-links.ts';
import type { LinkRow, LinkSubject } from './link-row.ts';
import { isNeeded, type Needs } from './needs.ts';
import { quickBooksName, suggestionsFor } from './suggest.ts';

interface Asked {
  links: KnownLinks;
  scope: Scope;
  connected: TenantAccount;
  customer: { id: string; name: string };
  /** Null in books without Multicurrency. */
  currency: string | null;
}

const needed = (detail: string, nextStep: string): Needs => ({
  is: 'needed',
  of: 'customer',
  what: 'customer',
  detail,
  nextStep,
});

const described = ({ name, id, isActive, currency }: ListedCustomer): string =>
  `“${name}” (id ${id}${isActive ? '' : ', inactive'}${currency === undefined ? '' : `, ${currency}`})`;

const alike = (name: string, [first, ...others]: readonly ListedCustomer[]): Needs | undefined =>
  first &&
  needed(
    `QuickBooks has ${described(first)}${others.length > 0 ? ` and ${others.length} more of a like name` : ''}; nobody has confirmed that it is ${name}`,
    'Press “Confirm” under “Links” if it is, else “Pick another”',
  );

const takenBy = (name: string): Needs =>
  needed(
    `“${name}” in QuickBooks is already the customer of another one here`,
    'Press “Pick another” under “Links” for another one, or for a new one under another name; or press “Rename” on this customer',
  );

const heldBy = (name: string, { type, id, isActive }: NameHolder): Needs =>
  type === 'customer'
    ? needed(
        `In QuickBooks ${isActive ? 'a' : 'an inactive'} customer (id ${id}) has the name “${name}”`,
        isActive
          ? 'Press “Pick another” under “Links”: it is this customer, or there is to be a new one under another name'
          : 'Make it active in QuickBooks and press “Confirm” under “Links”, or press “Pick another” there for a new one under another name',
      )
    : needed(
        `In QuickBooks ${type === 'vendor' ? 'a vendor' : 'an employee'} (id ${id}${isActive ? '' : ', inactive'}) has the name “${name}”, which no customer can have as well`,
        'Press “Pick another” under “Links” for the customer that it is, or for a new one under another name',
      );

/** Gone from QuickBooks, or merged into another one: who it is now, a person says. */
export const goneCustomer = (name: string, quickBooksName: string): Needs =>
  needed(
    `“${quickBooksName}”, to which ${name} is linked, was merged or made inactive in QuickBooks`,
    'Press “Pick another” under “Links” for who it is now, or for a new one',
  );

// Another link is another request: what was made and is gone is never answered again.
const requestIdOf = ({ id, remote_name }: LinkRow): string =>
  createHash('sha256').update(`link\n${id}\n${remote_name}`).digest('hex').slice(0, 32);

const make = async ({ links, scope, connected, customer, currency }: Asked, link: LinkRow): Promise<string | Needs> => {
  const { account } = connected;
  const name = link.remote_name;
  const asOurs = async (entry: { id: string; name: string }): Promise<string | Needs> =>
    (await links.made(scope, link, entry)) ? entry.id : takenBy(entry.name);
  try {
    const made = await account.createCustomer({ name, currency, note: noteWith(customer.id) }, requestIdOf(link));
    connected.forgetBooks();
    return await asOurs(made);
  } catch (error) {
    if (!(error instanceof QuickBooksError && error.code === '6240')) throw error;
  }
  connected.forgetBooks();
  const holder = await account.nameHolder(name);
  if (holder?.type === 'customer' && holder.isActive && holder.fingerprint === customer.id) return asOurs(holder);
  const taken = await links.taken(scope, connected.realmId, { exceptCustomerId: customer.id });
  if (holder?.type === 'customer' && taken.has(holder.id)) return takenBy(holder.name);
  return holder
    ? heldBy(name, holder)
    : needed(
        `QuickBooks says that something has the name “${name}” already, and does not say what`,
        'Press “Pick another” under “Links” for a new one under another name',
      );
};

/** Nobody has said who it is: ours by its fingerprint, made where nothing of its name is there, else a person's to say. */
const begin = async (asked: Asked): Promise<LinkRow | Needs> => {
  const { links, scope, connected, customer, currency } = asked;
  const subject: LinkSubject = {
    realmId: connected.realmId,
    kind: 'customer',
    customerId: customer.id,
    productId: null,
    currency,
  };
  const listed = await connected.books.customers();
  const fits = (one: ListedCustomer) => currency === null || one.currency === undefined || one.currency === currency;
  const ours = listed.find((one) => one.isActive && one.fingerprint === customer.id && fits(one));
  if (!ours) {
    const taken = await links.taken(scope, connected.realmId, { exceptCustomerId: customer.id });
    const suggested = alike(
      customer.name,
      suggestionsFor(
        customer.name,
        listed.filter((one) => fits(one) && !taken.has(one.id)),
      ),
    );
    if (suggested) return suggested;
  }
  const name = quickBooksName(customer.name);
  if (name === '')
    return needed(
      'Its name has nothing that QuickBooks takes',
      'Press “Pick another” under “Links” for a new one under another name',
    );
  const link = await links.begin(scope, subject, name);
  if (ours && link.remote_id === null && (await links.made(scope, link, ours))) return { ...link, remote_id: ours.id };
  return link;
};

/** The id of our customer in QuickBooks, by its link; or what a person has to say first. */
export const quickBooksCustomerOf = async (asked: Asked): Promise<string | Needs> => {
  const { links, scope, connected, customer, currency } = asked;
  const held = await links.customer(scope, { realmId: connected.realmId, customerId: customer.id, currency });
  if (held && held.gone_at !== null) return goneCustomer(customer.name, held.remote_name);
  if (held?.remote_id) return held.remote_id;
  // What was to be made by itself follows the name; what a person chose stays as it was chosen.
  const waiting = held?.origin === 'person' ? held : await begin(asked);
  if (isNeeded(waiting)) return waiting;
  return waiting.remote_id ?? make(asked, waiting);
};
