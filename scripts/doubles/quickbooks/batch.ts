import * as z from 'zod';
import { entityNames } from './company.ts';
import type { CompanyScope } from './company-scope.ts';
import { write } from './operations.ts';
import type { OperationName } from './operations.ts';
import { parsed } from './parse-object.ts';
import { missing, QuickBooksFault } from './quickbooks-fault.ts';
import { runQuery } from './run-query.ts';

const Fields = z.record(z.string(), z.unknown());
const Item = z.looseObject({
  bId: z.string().max(10),
  operation: z.enum(['create', 'update', 'delete', 'void', 'query']).optional(),
  Query: z.string().optional(),
  optionsData: z.string().optional(),
});
const Batch = z.strictObject({ BatchItemRequest: z.array(Item).min(1) });

type Meter = (kind: 'core' | 'corePlus') => void;

/** One after another, each with its own success or fault; a later item does not see what an earlier one made. */
export function runBatch(scope: CompanyScope, body: unknown, meter: Meter) {
  const { BatchItemRequest: items } = parsed(Batch, body);
  if (items.length > scope.quirks.batchItems) {
    throw new QuickBooksFault('1040', `${items.length} items, ${scope.quirks.batchItems} are allowed`);
  }
  const ids = new Set(items.map(({ bId }) => bId));
  if (ids.size < items.length) throw new QuickBooksFault('2010', 'bId must be unique in a batch', { element: 'bId' });
  return {
    BatchItemResponse: items.map((item) => {
      try {
        return { ...runItem(scope, item, meter), bId: item.bId };
      } catch (error) {
        if (error instanceof QuickBooksFault) return { Fault: error.fault, bId: item.bId };
        throw error;
      }
    }),
  };
}

function runItem(scope: CompanyScope, item: z.infer<typeof Item>, meter: Meter): Record<string, unknown> {
  if (item.Query !== undefined) {
    meter('corePlus');
    return { QueryResponse: runQuery(scope, item.Query) };
  }
  const entity = entityNames.find((name) => item[name] !== undefined);
  if (!entity) throw new QuickBooksFault('2020', 'A batch item holds one entity or a Query');
  if (item.operation === undefined || item.operation === 'query') throw missing('operation');
  meter('core');
  const operation: OperationName = item.operation;
  const allowDuplicate = item.optionsData?.includes('allowduplicatedocnum') ?? false;
  const object = write(scope, { entity, operation, body: parsed(Fields, item[entity]), allowDuplicate });
  return { [entity]: structuredClone(object) };
}
