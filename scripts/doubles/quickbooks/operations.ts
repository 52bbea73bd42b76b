import { entityNames } from './company.ts';
import type { EntityName, QuickBooksObject } from './company.ts';
import type { CompanyScope } from './company-scope.ts';
import { found } from './company-scope.ts';
import { customerFields, itemFields, listOf } from './lists.ts';
import { createPayment, deletePayment, voidPayment } from './payments.ts';
import { missing, QuickBooksFault } from './quickbooks-fault.ts';
import { salesOf } from './sales.ts';

type Body = Record<string, unknown>;
export type OperationName = 'create' | 'update' | 'void' | 'delete';
type Operations = {
  create?: (scope: CompanyScope, body: Body, allowDuplicate: boolean) => Body;
  update?: (scope: CompanyScope, existing: QuickBooksObject, body: Body, allowDuplicate: boolean) => Body;
  void?: (scope: CompanyScope, existing: QuickBooksObject) => Body;
  delete?: (scope: CompanyScope, existing: QuickBooksObject) => Body;
};

const operations: Partial<Record<EntityName, Operations>> = {
  Customer: listOf('Customer', customerFields),
  Item: listOf('Item', itemFields),
  Invoice: salesOf('Invoice'),
  CreditMemo: salesOf('CreditMemo'),
  Payment: { create: createPayment, delete: deletePayment, void: voidPayment },
};

export type Write = { entity: EntityName; operation: OperationName; body: Body; allowDuplicate: boolean };

/** One write to one object, alone or as an item of a batch. Everything but a create names the SyncToken that it read. */
export function write(scope: CompanyScope, { entity, operation, body, allowDuplicate }: Write): Body {
  const known = operations[entity];
  if (operation === 'create' && known?.create) return known.create(scope, body, allowDuplicate);
  const perform = operation === 'create' ? undefined : known?.[operation];
  if (!perform) throw new QuickBooksFault('500', `Operation ${operation} is not supported on ${entity}`);
  if (body.Id === undefined) throw missing('Id');
  if (body.SyncToken === undefined) throw missing('SyncToken');
  const existing = found(scope, entity, body.Id);
  if (existing.SyncToken !== body.SyncToken) {
    const detail = `Stale Object Error : ${entity} ${existing.Id} was changed by somebody else; SyncToken is not the newest`;
    throw new QuickBooksFault('5010', detail);
  }
  return perform(scope, existing, body, allowDuplicate);
}

export const entityOf = (name: string): EntityName | undefined =>
  entityNames.find((entity) => entity.toLowerCase() === name.toLowerCase());
