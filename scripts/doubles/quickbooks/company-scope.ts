import { entityNames } from './company.ts';
import type { Company, EntityName, QuickBooksObject } from './company.ts';
import { QuickBooksFault } from './quickbooks-fault.ts';
import type { Quirks } from './quirks.ts';
import { vendorTime } from './vendor-time.ts';
import type { Told } from './webhooks.ts';

/** What every operation on one company gets. */
export type CompanyScope = {
  company: Company;
  quirks: Quirks;
  now: Date;
  /** Objects made by this very batch: its later items do not see them. */
  unseen: Set<QuickBooksObject>;
  /** Whoever wants to hear of changes. */
  told?: ((told: Told) => void) | undefined;
};

export const visible = ({ company, unseen }: CompanyScope, entity: EntityName): QuickBooksObject[] =>
  company.objects[entity].filter((object) => !unseen.has(object));

export function found(scope: CompanyScope, entity: EntityName, id: unknown): QuickBooksObject {
  const object = visible(scope, entity).find((candidate) => candidate.Id === id);
  if (object) return object;
  const deleted = scope.company.deleted.some((row) => row.entity === entity && row.Id === id);
  throw new QuickBooksFault('610', `Object Not Found : ${entity} ${String(id)}${deleted ? ' was deleted' : ''}`);
}

/** What a reference field points at: it must exist (2500) and be active (610). */
export function referred(scope: CompanyScope, entity: EntityName, ref: { value: string }, element: string) {
  const object = visible(scope, entity).find((candidate) => candidate.Id === ref.value);
  if (!object) {
    throw new QuickBooksFault('2500', `Invalid Reference Id : ${entity} element id ${ref.value} not found`, {
      element,
    });
  }
  if (object.Active === false) {
    throw new QuickBooksFault('610', `Object Not Found : ${entity} ${ref.value} has been made inactive`, { element });
  }
  return object;
}

export function inserted(scope: CompanyScope, entity: EntityName, fields: Record<string, unknown>): QuickBooksObject {
  const { company, now } = scope;
  company.lastId += 1;
  const at = vendorTime(now);
  const object: QuickBooksObject = {
    ...fields,
    Id: String(company.lastId),
    SyncToken: '0',
    domain: 'QBO',
    sparse: false,
    MetaData: { CreateTime: at, LastUpdatedTime: at },
  };
  company.objects[entity].push(object);
  scope.unseen.add(object);
  scope.told?.({ realmId: company.realmId, entity, id: object.Id, operation: 'created' });
  return object;
}

/** Every change gives a new SyncToken, also one that came with somebody's payment. */
export function touched(scope: CompanyScope, object: QuickBooksObject): QuickBooksObject {
  object.SyncToken = String(Number(object.SyncToken) + 1);
  object.MetaData = { ...object.MetaData, LastUpdatedTime: vendorTime(scope.now) };
  const { company } = scope;
  const entity = entityNames.find((name) => company.objects[name].includes(object));
  if (entity) scope.told?.({ realmId: company.realmId, entity, id: object.Id, operation: 'updated' });
  return object;
}

export function removed(scope: CompanyScope, entity: EntityName, object: QuickBooksObject): Record<string, unknown> {
  const { company, now } = scope;
  company.objects[entity] = company.objects[entity].filter((candidate) => candidate !== object);
  company.deleted.push({ entity, Id: object.Id, at: vendorTime(now) });
  scope.told?.({ realmId: company.realmId, entity, id: object.Id, operation: 'deleted' });
  return { domain: 'QBO', status: 'Deleted', Id: object.Id };
}
