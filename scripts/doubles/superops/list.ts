import type { Row } from './account.ts';
import { asTime, meets, valueAt, type Condition } from './condition.ts';
import type { Quirks } from './quirks.ts';
import { refusal } from './superops-error.ts';
import { textOf } from './text-of.ts';

type ListInput = {
  page?: number | null;
  pageSize?: number | null;
  condition?: Condition | null;
  sort?: { attribute?: string | null; order?: 'ASC' | 'DESC' | null }[] | null;
};

const mostRows = 100;
/** The vendor does not say how many come where nobody asks: fewer than anybody counts on. */
const unasked = 10;

/** One page, counted from 1. There is no snapshot between two pages, as at the vendor. */
export const pageOf = (rows: readonly Row[], input: ListInput, { quirks, now }: { quirks: Quirks; now: Date }) => {
  const { condition = null, sort = null } = input;
  const page = input.page ?? 1;
  const asked = input.pageSize ?? unasked;
  if (page < 1) throw refusal('value_pattern_validation_failed', 'page');
  if (asked < 1 || (asked > mostRows && quirks.oversize === 'refuse'))
    throw refusal('value_pattern_validation_failed', 'pageSize');
  const pageSize = Math.min(asked, mostRows);
  const found = inOrder(condition === null ? rows : rows.filter((row) => meets(row, condition, now)), sort ?? []);
  const count = found.length;
  return {
    rows: found.slice((page - 1) * pageSize, page * pageSize),
    listInfo: {
      page,
      pageSize,
      sort,
      condition,
      hasMore: page * pageSize < count,
      totalCount: quirks.totalCountAs === 'string' ? String(count) : count,
    },
  };
};

/** The first order counts most. */
const inOrder = (rows: readonly Row[], sort: NonNullable<ListInput['sort']>): Row[] =>
  rows.toSorted((a, b) => {
    for (const { attribute, order } of sort) {
      const compared = compare(valueAt(a, attribute ?? ''), valueAt(b, attribute ?? ''));
      if (compared !== 0) return order === 'DESC' ? -compared : compared;
    }
    return 0;
  });

const compare = (a: unknown, b: unknown): number => {
  const [left, right] = [asTime(a), asTime(b)];
  if (left !== undefined && right !== undefined) return left - right;
  return textOf(a).localeCompare(textOf(b), 'en');
};
