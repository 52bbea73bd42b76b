import type { EntityName, QuickBooksObject } from './company.ts';
import type { CompanyScope } from './company-scope.ts';
import { visible } from './company-scope.ts';
import { companyInfo, preferencesOf } from './company-info.ts';
import { entityOf } from './operations.ts';
import { parseStatement } from './query-statement.ts';
import type { Condition, Literal } from './query-statement.ts';
import { QuickBooksFault } from './quickbooks-fault.ts';

const times = ['Id', 'MetaData.CreateTime', 'MetaData.LastUpdatedTime'];
const sale = [...times, 'DocNumber', 'TxnDate', 'CustomerRef', 'TotalAmt', 'Balance'];
const named = [...times, 'Name', 'Active', 'FullyQualifiedName'];
const person = [
  ...times,
  'DisplayName',
  'GivenName',
  'FamilyName',
  'CompanyName',
  'PrimaryEmailAddr',
  'Active',
  'Balance',
];

/** Not every field can be asked for: a note, a line or an e-mail address of an invoice cannot. */
const queryable: Record<EntityName, string[]> = {
  Invoice: [...sale, 'DueDate'],
  CreditMemo: sale,
  Payment: [...times, 'TxnDate', 'CustomerRef', 'TotalAmt', 'PaymentRefNum'],
  Customer: person,
  Vendor: person,
  Employee: person,
  Item: [...named, 'Type', 'Sku', 'UnitPrice'],
  Account: [...named, 'AccountType', 'AccountSubType', 'Classification'],
  Term: named,
  TaxCode: named,
};

const mostResults = 1000;

export function runQuery(scope: CompanyScope, text: string): Record<string, unknown> {
  const { entity: name, count, where, orderBy, startPosition, maxResults } = parseStatement(text);
  if (/^companyinfo$/i.test(name)) return { CompanyInfo: [companyInfo(scope)], startPosition: 1, maxResults: 1 };
  if (/^preferences$/i.test(name)) return { Preferences: [preferencesOf(scope)], startPosition: 1, maxResults: 1 };
  const entity = entityOf(name);
  if (!entity) throw new QuickBooksFault('4001', `QueryValidationError: ${name} is not an entity that can be queried`);
  if (maxResults !== undefined && maxResults > mostResults) {
    throw new QuickBooksFault('4001', `QueryValidationError: MAXRESULTS is ${mostResults} at most`);
  }
  for (const { field } of [...where, ...orderBy]) refuseUnknown(entity, field);
  const conditions = where.some(({ field }) => field === 'Active') ? where : [...where, activeOnly];
  const rows = visible(scope, entity)
    .filter((row) => conditions.every((condition) => holds(row, condition)))
    .toSorted((a, b) => {
      for (const { field, descending } of orderBy) {
        const order = compared(valueOf(a, field), valueOf(b, field));
        if (order !== 0) return descending ? -order : order;
      }
      return 0;
    });
  if (count) return { totalCount: rows.length };
  const limit = maxResults ?? scope.quirks.defaultMaxResults;
  const page = rows.slice(startPosition - 1, startPosition - 1 + limit);
  // Nothing found: an empty object, without the entity's name.
  return page.length === 0 ? {} : { [entity]: page, startPosition, maxResults: page.length };
}

/** Lists show what is active unless a statement asks about `Active`: a name in use is not always a name found. */
const activeOnly: Condition = { field: 'Active', operator: 'IN', values: [true, 'always'] };

function refuseUnknown(entity: EntityName, field: string): void {
  if (queryable[entity].includes(field)) return;
  throw new QuickBooksFault('4001', `QueryValidationError: property '${field}' not found for entity ${entity}`);
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const isLiteral = (value: unknown): value is Literal => ['string', 'number', 'boolean'].includes(typeof value);

/** A reference counts as its id, an e-mail address as its text. */
function valueOf(row: QuickBooksObject, field: string): Literal {
  const value = field.split('.').reduce<unknown>((at, key) => (isRecord(at) ? at[key] : undefined), row);
  if (field === 'Active') return value === undefined ? 'always' : value === true;
  const plain = isRecord(value) ? (value.value ?? value.Address) : value;
  return isLiteral(plain) ? plain : '';
}

function holds(row: QuickBooksObject, { field, operator, values }: Condition): boolean {
  const value = valueOf(row, field);
  const [first = ''] = values;
  switch (operator) {
    case 'IN':
      return values.some((candidate) => compared(value, candidate) === 0);
    case 'LIKE':
      return likePattern(String(first)).test(String(value));
    case '=':
      return compared(value, first) === 0;
    case '<':
      return compared(value, first) < 0;
    case '>':
      return compared(value, first) > 0;
    case '<=':
      return compared(value, first) <= 0;
    case '>=':
      return compared(value, first) >= 0;
    default:
      return operator satisfies never;
  }
}

const likePattern = (text: string) =>
  new RegExp(
    `^${text
      .split('%')
      .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')}$`,
    'is',
  );

const instant = /^\d{4}-\d{2}-\d{2}T/;

function compared(a: Literal, b: Literal): number {
  const [left, right] = [String(a), String(b)];
  if (instant.test(left) && instant.test(right)) return Date.parse(left) - Date.parse(right);
  const [x, y] = [Number(left), Number(right)];
  if (left !== '' && right !== '' && !Number.isNaN(x) && !Number.isNaN(y) && typeof a !== 'boolean') return x - y;
  return left.toLowerCase() < right.toLowerCase() ? -1 : Number(left.toLowerCase() !== right.toLowerCase());
}
