import type { QuickBooksObject } from './company.ts';
import type { CompanyScope } from './company-scope.ts';
import { visible } from './company-scope.ts';
import { entityOf } from './operations.ts';
import { missing, QuickBooksFault } from './quickbooks-fault.ts';

const oldest = 30 * 86_400_000;

type Changed = { MetaData: { LastUpdatedTime: string } };
const at = ({ MetaData }: Changed) => Date.parse(MetaData.LastUpdatedTime);

/** Everything that changed since a moment, deleted rows as stubs, oldest first, 1,000 objects in all and no more. */
export function changeData(scope: CompanyScope, query: URLSearchParams) {
  const names = (query.get('entities') ?? '').split(',').filter(Boolean);
  if (names.length === 0) throw missing('entities');
  const entities = names.map((name) => {
    const entity = entityOf(name);
    if (!entity) throw new QuickBooksFault('4001', `${name} is not an entity of change data`, { element: 'entities' });
    return entity;
  });
  const since = Date.parse(query.get('changedSince') ?? '');
  if (Number.isNaN(since))
    throw new QuickBooksFault('2010', 'changedSince is not a moment', { element: 'changedSince' });
  if (scope.now.getTime() - since > oldest) {
    throw new QuickBooksFault('2010', 'changedSince is more than 30 days ago', { element: 'changedSince' });
  }
  let room = scope.quirks.changeDataMaxObjects;
  const QueryResponse = entities.map((entity) => {
    const deleted = scope.company.deleted
      .filter((row) => row.entity === entity)
      .map((row) => ({ domain: 'QBO', status: 'Deleted', Id: row.Id, MetaData: { LastUpdatedTime: row.at } }));
    // The vendor's times are whole seconds: a change in the second of the cursor is shown again, never left out.
    const rows = [...visible(scope, entity), ...deleted]
      .filter((row: QuickBooksObject | (typeof deleted)[number]) => at(row) >= Math.floor(since / 1000) * 1000)
      .toSorted((a, b) => at(a) - at(b))
      .slice(0, room);
    room -= rows.length;
    return rows.length === 0 ? {} : { [entity]: rows, startPosition: 1, maxResults: rows.length };
  });
  return { CDCResponse: [{ QueryResponse }] };
}
