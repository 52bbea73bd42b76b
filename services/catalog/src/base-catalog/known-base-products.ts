import { sql } from '@legendops/kit/db/sql';
import type { Transaction } from '@legendops/kit/db/transaction';
import { baseColumns, type BaseRow } from './base-row.ts';

/** Those of these keys that are there, retired ones too. */
export const baseProductsByKey = (transaction: Transaction, keys: readonly string[]): Promise<BaseRow[]> =>
  transaction.rows(
    sql<BaseRow>`select ${baseColumns} from catalog.base_products b where b.key = any(${keys}::text[]) order by b.key`,
  );
