import type { ActingScope } from '@legendops/kit/audit/audit';
import { created, differences, removed } from '@legendops/kit/audit/differences';
import { sql } from '@legendops/kit/db/sql';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import { asSeen } from '@legendops/kit/errors/as-seen';
import type { SuperOpsAccount } from '../superops/superops-transport.ts';

export interface SeatItemRow {
  id: string;
  product_id: string;
  product_name: string;
  item_id: string;
  item_name: string;
  version: number;
}

export interface SeatItemStore {
  all(scope: Scope, account: SuperOpsAccount): Promise<SeatItemRow[]>;
  confirm(
    scope: ActingScope<'seat-item.confirmed'>,
    account: SuperOpsAccount,
    link: Pick<SeatItemRow, 'product_id' | 'product_name' | 'item_id' | 'item_name'>,
  ): Promise<SeatItemRow>;
  /** Throws seat-item.not-found and version.stale. */
  remove(
    scope: ActingScope<'seat-item.removed'>,
    account: SuperOpsAccount,
    link: { productId: string; version: number },
  ): Promise<void>;
}

const ofAccount = ({ region, subdomain }: SuperOpsAccount) => sql<SeatItemRow>`
  select id, product_id, product_name, item_id, item_name, version from portal.superops_items
  where region = ${region} and subdomain = ${subdomain}`;

const subjectOf = ({ id, product_name: name }: SeatItemRow) => ({ type: 'seat-item', id, name });

const fieldsOf = ({ item_name: item }: SeatItemRow) => ({ item });

export const seatItemStore = (database: TenantDatabase): SeatItemStore => ({
  all: (scope, account) => database.read(scope, sql<SeatItemRow>`${ofAccount(account)} order by product_name, id`),
  confirm: (scope, account, { product_id, product_name, item_id, item_name }) =>
    database.write(scope, async (transaction) => {
      const before = await transaction.row(
        sql<SeatItemRow>`${ofAccount(account)} and product_id = ${product_id} for update`,
      );
      const after = await transaction.one(sql<SeatItemRow>`
        insert into portal.superops_items (tenant_id, region, subdomain, product_id, product_name, item_id, item_name)
        values (${scope.tenantId}, ${account.region}, ${account.subdomain}, ${product_id}, ${product_name}, ${item_id}, ${item_name})
        on conflict on constraint superops_items_one_item do update
          set product_name = excluded.product_name, item_id = excluded.item_id, item_name = excluded.item_name
        returning id, product_id, product_name, item_id, item_name, version`);
      const changes = before ? differences(fieldsOf(before), fieldsOf(after), ['item']) : created(fieldsOf(after));
      if (changes.length > 0)
        await scope.audit(transaction, { act: 'seat-item.confirmed', subject: subjectOf(after), changes });
      return after;
    }),
  remove: (scope, account, { productId, version }) =>
    database.write(scope, async (transaction) => {
      const gone = asSeen(
        await transaction.row(sql<SeatItemRow>`${ofAccount(account)} and product_id = ${productId} for update`),
        version,
        'seat-item.not-found',
      );
      await transaction.change(sql`delete from portal.superops_items where id = ${gone.id}`);
      await scope.audit(transaction, {
        act: 'seat-item.removed',
        subject: subjectOf(gone),
        changes: removed(fieldsOf(gone)),
      });
    }),
});
