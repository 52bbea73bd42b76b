import type { Row } from './account.ts';
import { refusal } from './superops-error.ts';
import { textOf } from './text-of.ts';

export type Condition = {
  attribute?: string | null;
  operator?: string | null;
  value?: unknown;
  joinOperator?: string | null;
  operands?: Condition[] | null;
};

/** Along a dotted path; a small object of JSON counts by its name. */
export const valueAt = (row: Row, path: string): unknown => {
  let value: unknown = row;
  for (const name of path.split('.')) value = isRow(value) ? value[name] : undefined;
  return isRow(value) && 'name' in value ? value.name : value;
};

const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Milliseconds; the vendor's times have no zone and are UTC, those of assets carry milliseconds. */
export const asTime = (value: unknown): number | undefined => {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d{1,3})?)?$/.test(value))
    return undefined;
  const at = Date.parse(value.includes('T') ? `${value}Z` : `${value}T00:00:00Z`);
  return Number.isNaN(at) ? undefined : at;
};

const time = (value: unknown): number => {
  const at = asTime(value);
  if (at === undefined) throw refusal('value_pattern_validation_failed', 'condition.value');
  return at;
};

const text = (value: unknown): string => textOf(value).toLowerCase();
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);
const number = (value: unknown): number => Number(value);
const dated = (held: unknown, test: (at: number) => boolean): boolean => {
  const at = asTime(held);
  return at !== undefined && test(at);
};
const isEmpty = (held: unknown): boolean => held === null || held === undefined || held === '';
const withinDays = (days: unknown): number => number(days) * 86_400_000;

type Operator = (held: unknown, value: unknown, now: number) => boolean;

const is: Operator = (held, value) => text(held) === text(value);
const contains: Operator = (held, value) => text(held).includes(text(value));
const includes: Operator = (held, value) => list(value).some((one) => is(held, one, 0));

const operators: Record<string, Operator> = {
  is,
  isNot: (held, value) => !is(held, value, 0),
  isEmpty,
  isNotEmpty: (held) => !isEmpty(held),
  startsWith: (held, value) => text(held).startsWith(text(value)),
  endsWith: (held, value) => text(held).endsWith(text(value)),
  contains,
  notContains: (held, value) => !contains(held, value, 0),
  includes,
  notIncludes: (held, value) => !includes(held, value, 0),
  greaterThan: (held, value) => number(held) > number(value),
  greaterThanOrEqual: (held, value) => number(held) >= number(value),
  lessThan: (held, value) => number(held) < number(value),
  lessThanOrEqual: (held, value) => number(held) <= number(value),
  on: (held, value) => text(held).slice(0, 10) === text(value).slice(0, 10),
  after: (held, value) => dated(held, (at) => at > time(value)),
  before: (held, value) => dated(held, (at) => at < time(value)),
  between: (held, value) => {
    const [from, to] = list(value).map(time);
    return dated(held, (at) => at >= (from ?? 0) && at <= (to ?? 0));
  },
  inNext: (held, value, now) => dated(held, (at) => at >= now && at <= now + withinDays(value)),
  inLast: (held, value, now) => dated(held, (at) => at <= now && at >= now - withinDays(value)),
};

/** An attribute with an operator and a value, or operands that are joined. */
export const meets = (row: Row, condition: Condition, now: Date): boolean => {
  const { joinOperator, operands, attribute, operator, value } = condition;
  if (operands && operands.length > 0) {
    if (joinOperator === 'OR') return operands.some((operand) => meets(row, operand, now));
    if (joinOperator === 'AND') return operands.every((operand) => meets(row, operand, now));
    throw refusal('mandatory_validation_failed', 'condition.joinOperator');
  }
  if (!attribute) throw refusal('mandatory_validation_failed', 'condition.attribute');
  const known = Object.hasOwn(operators, operator ?? '') ? operators[operator ?? ''] : undefined;
  if (!known) throw refusal('value_pattern_validation_failed', 'condition.operator');
  return known(valueAt(row, attribute), value, now.getTime());
};
