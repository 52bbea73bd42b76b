import type { ActingScope } from '@legendops/kit/audit/audit';
import { asLineOfText } from '@legendops/kit/contract/line-of-text';
import type { Scope } from '@legendops/kit/db/tenant-database';
import { problem } from '@legendops/kit/errors/problem';
import { longestName } from '../contract.ts';
import type { Pax8SeatsOf } from '../seat-push/pax8-seats.ts';
import type { TenantSuperOps } from '../superops-connection/tenant-superops.ts';
import type { CatalogItem } from '../superops/objects.ts';
import type { SuperOpsAccount } from '../superops/superops-transport.ts';
import type { ConfirmedSeatItem, SeatItem, SeatItems } from './contract.ts';
import type { SeatItemRow, SeatItemStore } from './store.ts';
import { suggestionsFor } from './suggest.ts';

export interface SeatItemService {
  /** Every product that customers have or had in this month, and every link whose product they have no more. */
  all(scope: Scope): Promise<Omit<SeatItems, 'acts'>>;
  /** Throws product.not-found and item.not-found. */
  confirm(
    scope: ActingScope<'seat-item.confirmed'>,
    link: { productId: string; itemId: string },
  ): Promise<ConfirmedSeatItem>;
  remove(scope: ActingScope<'seat-item.removed'>, link: { productId: string; version: number }): Promise<void>;
  /** Which item of an account each product is. */
  linked(scope: Scope, account: SuperOpsAccount): Promise<ReadonlyMap<string, { itemId: string; itemName: string }>>;
}

const nameOf = ({ itemId, name }: CatalogItem): string => asLineOfText(name, longestName) || itemId;

/** What waits for a person comes first. */
const order = ['gone', 'needed', 'linked'] as const satisfies readonly SeatItem['state'][];

const productsOf = async (seatsOf: Pax8SeatsOf, { tenantId }: Scope) => {
  const { data } = await seatsOf(tenantId, {});
  const products = new Map<string, { name: string; customers: number }>();
  for (const { productId, productName } of data) {
    const known = products.get(productId);
    products.set(productId, { name: productName, customers: (known?.customers ?? 0) + 1 });
  }
  return products;
};

/** What contracts can charge, and in which account. */
const itemsOf = (superOps: TenantSuperOps, scope: Scope) =>
  superOps.use(scope, async (client, account) => ({ account, ...(await client.catalogItems()) }));

export const seatItemService = ({
  store,
  superOps,
  seatsOf,
}: {
  store: SeatItemStore;
  superOps: TenantSuperOps;
  seatsOf: Pax8SeatsOf;
}): SeatItemService => ({
  all: async (scope) => {
    const { rows: items, unreadable, account } = await itemsOf(superOps, scope);
    const products = await productsOf(seatsOf, scope);
    const links = new Map((await store.all(scope, account)).map((row) => [row.product_id, row]));
    const there = new Map(items.map((item) => [item.itemId, nameOf(item)]));
    const linked = (row: SeatItemRow, customers: number, productName: string): SeatItem => ({
      productId: row.product_id,
      productName,
      customers,
      // A list with a record that could not be read does not say what is gone.
      state: there.has(row.item_id) || unreadable > 0 ? 'linked' : 'gone',
      itemId: row.item_id,
      itemName: there.get(row.item_id) ?? row.item_name,
      version: row.version,
      suggestions: [],
    });
    const present = [...products].map(([productId, { name, customers }]): SeatItem => {
      const row = links.get(productId);
      if (row) return linked(row, customers, name);
      return {
        productId,
        productName: name,
        customers,
        state: 'needed',
        itemId: null,
        itemName: null,
        version: null,
        suggestions: suggestionsFor(name, items),
      };
    });
    const unused = [...links.values()].filter(({ product_id }) => !products.has(product_id));
    const data = [...present, ...unused.map((row) => linked(row, 0, row.product_name))].toSorted(
      (one, other) =>
        order.indexOf(one.state) - order.indexOf(other.state) ||
        one.productName.localeCompare(other.productName) ||
        one.productId.localeCompare(other.productId),
    );
    const choices = [...there]
      .map(([itemId, itemName]) => ({ itemId, itemName }))
      .toSorted((one, other) => one.itemName.localeCompare(other.itemName) || one.itemId.localeCompare(other.itemId));
    return { data, choices, unreadable };
  },
  confirm: async (scope, { productId, itemId }) => {
    const product = (await productsOf(seatsOf, scope)).get(productId);
    if (!product) throw problem('product.not-found', { detail: 'No customer has it at Pax8: read the list again' });
    const { rows, account } = await itemsOf(superOps, scope);
    const item = rows.find((candidate) => candidate.itemId === itemId);
    if (!item) throw problem('item.not-found', { detail: 'Read the list again: it may have been deleted' });
    const row = await store.confirm(scope, account, {
      product_id: productId,
      product_name: asLineOfText(product.name, longestName) || productId,
      item_id: itemId,
      item_name: nameOf(item),
    });
    return { productId, itemId, itemName: row.item_name, version: row.version };
  },
  linked: async (scope, account) =>
    new Map(
      (await store.all(scope, account)).map(({ product_id, item_id, item_name }) => [
        product_id,
        { itemId: item_id, itemName: item_name },
      ]),
    ),
  remove: async (scope, link) => store.remove(scope, await superOps.account(scope), link),
});
