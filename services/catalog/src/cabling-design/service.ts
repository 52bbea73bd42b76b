import type { ActingScope } from '@legendops/kit/audit/audit';
import { created, differences, removed } from '@legendops/kit/audit/differences';
import type { Page } from '@legendops/kit/contract/page';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';
import { asSeen } from '@legendops/kit/errors/as-seen';
import { problem } from '@legendops/kit/errors/problem';
import { listPage } from '@legendops/kit/http/list-page';
import { wrongPlace } from '@legendops/kit/http/wrong-places';
import type { DesignContent } from '../cabling-content/contract.ts';
import { wholeContent } from '../cabling-content/whole-content.ts';
import { pricesOnADay } from '../price-list/prices-on-a-day.ts';
import { soldProducts } from '../product/known-products.ts';
import { contentChanges } from './audited-content.ts';
import { productIdsOf, type CatalogFacts } from './bill.ts';
import { readableCalculations } from './readable-calculations.ts';
import { computeDesign, differencesBetween, faultsOf, newerThan, type Computed } from './computed.ts';
import type {
  CablingDesign,
  CablingDesignChange,
  DesignQuery,
  DesignSummary,
  NewCablingDesign,
  Recalculation,
} from './contract.ts';
import { presentDesign, presentSummary } from './presenter.ts';
import {
  deleteDesign,
  insertDesign,
  lockDesign,
  updateDesign,
  type DesignRow,
  type DesignStore,
  type WrittenDesign,
} from './store.ts';

type Acts =
  | 'cabling-design.created'
  | 'cabling-design.changed'
  | 'cabling-design.recalculated'
  | 'cabling-design.removed';
type Acting<Act extends Acts> = ActingScope<Act>;

export interface DesignService {
  page(scope: Scope, query: DesignQuery): Promise<Page<DesignSummary>>;
  get(scope: Scope, id: string): Promise<CablingDesign>;
  create(
    transaction: Transaction,
    scope: Acting<'cabling-design.created'>,
    wanted: NewCablingDesign,
  ): Promise<CablingDesign>;
  /** A content is computed anew, which is refused as long as a newer calculator has not been looked at. */
  change(
    scope: Acting<'cabling-design.changed'>,
    seen: { id: string; version: number },
    wanted: CablingDesignChange,
  ): Promise<CablingDesign>;
  remove(scope: Acting<'cabling-design.removed'>, seen: { id: string; version: number }): Promise<void>;
  /** What would be otherwise today; nothing is written. */
  compare(scope: Scope, id: string): Promise<Recalculation>;
  /** Takes over what `compare` shows. */
  recalculate(
    scope: Acting<'cabling-design.recalculated'>,
    seen: { id: string; version: number },
  ): Promise<CablingDesign>;
}

const mostDifferences = 500;

const subjectOf = ({ id, name }: DesignRow) => ({ type: 'cabling-design', id, name });

const read = (content: DesignContent): DesignContent => readableCalculations(wholeContent(content));

const factsFor = async (transaction: Transaction, content: DesignContent): Promise<CatalogFacts> => {
  const productIds = productIdsOf(content);
  const rows = await soldProducts(transaction, productIds);
  const listed =
    content.priceListId === null
      ? undefined
      : await pricesOnADay(transaction, { priceListId: content.priceListId, productIds, on: content.pricesOn });
  return {
    products: new Map(rows.map(({ pack_size: packSize, ...row }) => [row.id, { ...row, packSize }])),
    priceList: listed?.priceList ?? null,
    prices: listed?.prices ?? new Map(),
  };
};

const computed = async (transaction: Transaction, content: DesignContent): Promise<Computed> =>
  computeDesign(content, await factsFor(transaction, content));

const headOf = (row: Pick<DesignRow, 'name' | 'customer_id' | 'is_published'>) => ({
  name: row.name,
  customerId: row.customer_id,
  isPublished: row.is_published,
});

const headFields = ['name', 'customerId', 'isPublished'] as const;

const written = (head: Omit<WrittenDesign, 'warnings' | 'refusals'>): WrittenDesign => ({
  ...head,
  ...faultsOf(head.computed),
});

const isGuest = ({ customerId }: Scope): boolean => customerId !== undefined;

export const designService = (store: DesignStore, database: TenantDatabase): DesignService => {
  const found = async (scope: Scope, id: string): Promise<DesignRow> => {
    const row = await store.byId(scope, id);
    if (row === undefined) throw problem('cabling-design.not-found');
    return row;
  };
  const locked = async (transaction: Transaction, { id, version }: { id: string; version: number }) =>
    asSeen(await lockDesign(transaction, id), version, 'cabling-design.not-found');
  return {
    page: (scope, { limit, cursor, ...filter }) =>
      listPage(
        { limit, cursor },
        {
          list: `cabling-designs ${JSON.stringify([filter.search ?? '', filter.customerId ?? ''])}`,
          by: ['instant', 'id'],
          read: (place) => store.page(scope, filter, place),
          keys: (row) => [row.created_at, row.id],
          present: presentSummary,
        },
      ),
    get: async (scope, id) => presentDesign(await found(scope, id), isGuest(scope)),
    create: async (transaction, scope, { name, customerId, isPublished, ...wanted }) => {
      const content = read(wanted.content);
      const head = shownToSomebody({ name, customerId, isPublished });
      const row = await insertDesign(
        transaction,
        scope,
        written({ ...head, content, computed: await computed(transaction, content) }),
      );
      await scope.audit(transaction, {
        act: 'cabling-design.created',
        subject: subjectOf(row),
        changes: created({ ...head, links: content.links.length }),
      });
      return presentDesign(row, false);
    },
    change: (scope, seen, wanted) =>
      database.write(scope, async (transaction) => {
        const before = await locked(transaction, seen);
        const { content: said, ...head } = wanted;
        const content = said === undefined ? before.content : read(said);
        const changedContent = contentChanges(before.content, content);
        if (changedContent.length > 0 && newerThan(before.computed).length > 0)
          throw problem('cabling-design.newer-calculators');
        const after = shownToSomebody({
          ...headOf(before),
          ...Object.fromEntries(Object.entries(head).filter(([, one]) => one !== undefined)),
        });
        const row = await updateDesign(
          transaction,
          before.id,
          written({
            ...after,
            content,
            // What was computed stays as it is where nothing of what it is computed from was changed.
            computed: changedContent.length === 0 ? before.computed : await computed(transaction, content),
          }),
        );
        const changes = [...differences(headOf(before), headOf(row), headFields), ...changedContent];
        if (changes.length > 0)
          await scope.audit(transaction, { act: 'cabling-design.changed', subject: subjectOf(row), changes });
        return presentDesign(row, false);
      }),
    remove: (scope, seen) =>
      database.write(scope, async (transaction) => {
        const row = await locked(transaction, seen);
        await deleteDesign(transaction, row.id);
        const changes = removed({ ...headOf(row), links: row.links });
        await scope.audit(transaction, { act: 'cabling-design.removed', subject: subjectOf(row), changes });
      }),
    compare: async (scope, id) => {
      const row = await found(scope, id);
      const now = await database.write(scope, (transaction) => computed(transaction, row.content));
      const all = differencesBetween(row.computed, now);
      return {
        isSame: all.length === 0 && newerThan(row.computed).length === 0,
        differences: all.slice(0, mostDifferences),
        further: Math.max(0, all.length - mostDifferences),
      };
    },
    recalculate: (scope, seen) =>
      database.write(scope, async (transaction) => {
        const before = await locked(transaction, seen);
        const now = await computed(transaction, before.content);
        const row = await updateDesign(
          transaction,
          before.id,
          written({ ...headOf(before), content: before.content, computed: now }),
        );
        const versions = newerThan(before.computed).map(({ id, from, to }) => ({
          field: id,
          before: `version ${from}`,
          after: `version ${to}`,
        }));
        await scope.audit(transaction, {
          act: 'cabling-design.recalculated',
          subject: subjectOf(row),
          changes: [...versions, ...differences(totalsOf(before), totalsOf(row), ['warnings', 'refusals', 'total'])],
        });
        return presentDesign(row, false);
      }),
  };
};

// A design of nobody that is published is shown to nobody, and its author believes otherwise.
const shownToSomebody = <Head extends { customerId: string | null; isPublished: boolean }>(head: Head): Head => {
  if (head.isPublished && head.customerId === null)
    throw wrongPlace(['body', 'customerId'], 'required', 'Choose the customer whose people are to see it');
  return head;
};

const totalsOf = ({ warnings, refusals, computed: { bill } }: DesignRow) => ({
  warnings,
  refusals,
  total: bill.totalMinor,
});
