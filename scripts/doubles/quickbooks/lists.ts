import * as z from 'zod';
import { Ref } from './company.ts';
import type { EntityName, QuickBooksObject } from './company.ts';
import type { CompanyScope } from './company-scope.ts';
import { inserted, referred, touched } from './company-scope.ts';
import { parsed } from './parse-object.ts';
import { missing, QuickBooksFault } from './quickbooks-fault.ts';

const CustomerInput = z.looseObject({
  DisplayName: z.string().max(500).optional(),
  GivenName: z.string().max(100).optional(),
  FamilyName: z.string().max(100).optional(),
  CompanyName: z.string().max(100).optional(),
  PrimaryEmailAddr: z.looseObject({ Address: z.string().max(100) }).optional(),
  CurrencyRef: Ref.optional(),
  Taxable: z.boolean().optional(),
  Active: z.boolean().optional(),
});

const ItemInput = z.looseObject({
  Name: z.string().max(100).optional(),
  Type: z.enum(['Service', 'NonInventory', 'Inventory', 'Category']).default('Service'),
  IncomeAccountRef: Ref.optional(),
  UnitPrice: z.number().optional(),
  Active: z.boolean().optional(),
});

type Body = Record<string, unknown>;

/** A customer shares its name with no customer, vendor or employee, whether active or not; it has one currency for good. */
export function customerFields(scope: CompanyScope, body: Body, ownId?: string): Body {
  const input = parsed(CustomerInput, body);
  const DisplayName = input.DisplayName ?? ([input.GivenName, input.FamilyName].filter(Boolean).join(' ') || undefined);
  if (!DisplayName) {
    throw new QuickBooksFault('6080', 'At least one of DisplayName, GivenName and FamilyName is needed');
  }
  refuseSeparator('DisplayName', DisplayName);
  refuseTaken(scope, { entities: ['Customer', 'Vendor', 'Employee'], field: 'DisplayName', name: DisplayName, ownId });
  const CurrencyRef = customerCurrency(scope, input.CurrencyRef, ownId);
  return { Active: true, Balance: 0, ...input, CurrencyRef, DisplayName, FullyQualifiedName: DisplayName };
}

export function itemFields(scope: CompanyScope, body: Body, ownId?: string): Body {
  const input = parsed(ItemInput, body);
  if (!input.Name) throw missing('Name');
  if (ownId === undefined && input.Type === 'Service' && !input.IncomeAccountRef) throw missing('IncomeAccountRef');
  if (input.IncomeAccountRef) referred(scope, 'Account', input.IncomeAccountRef, 'IncomeAccountRef');
  refuseSeparator('Name', input.Name);
  refuseTaken(scope, { entities: ['Item'], field: 'Name', name: input.Name, ownId });
  return { Active: true, ...input, Name: input.Name, FullyQualifiedName: input.Name };
}

type Fields = (scope: CompanyScope, body: Body, ownId?: string) => Body;

export const listOf = (entity: EntityName, fields: Fields) => ({
  create: (scope: CompanyScope, body: Body) => inserted(scope, entity, fields(scope, body)),
  update: (scope: CompanyScope, existing: QuickBooksObject, body: Body) => {
    const { SyncToken, MetaData, Id } = existing;
    const checked = fields(scope, body.sparse === true ? { ...existing, ...body } : body, Id);
    return touched(scope, Object.assign(existing, checked, { Id, SyncToken, MetaData, sparse: false }));
  },
});

type Taken = { entities: EntityName[]; field: string; name: string; ownId: string | undefined };

function refuseTaken({ company }: CompanyScope, { entities, field, name, ownId }: Taken): void {
  const taken = entities
    .flatMap((entity) => company.objects[entity])
    .some((object) => object.Id !== ownId && String(object[field]).toLowerCase() === name.toLowerCase());
  if (!taken) return;
  const detail = 'The name supplied already exists. : Another customer, vendor or employee is already using this name.';
  throw new QuickBooksFault('6240', detail, { element: field });
}

/** A colon parts a sub-customer from its parent: QuickBooks takes none in a name, nor a tab or a new line. */
function refuseSeparator(field: string, name: string): void {
  if (!/[:\t\n]/.test(name)) return;
  throw new QuickBooksFault('2010', `${field} has a colon, a tab or a new line`, { element: field });
}

function customerCurrency({ company }: CompanyScope, given: { value: string } | undefined, ownId?: string) {
  const held = company.objects.Customer.find(({ Id }) => Id === ownId)?.CurrencyRef?.value;
  const value = given?.value ?? held ?? company.currency;
  if (!company.preferences.CurrencyPrefs.MultiCurrencyEnabled && value !== company.currency)
    throw new QuickBooksFault('6000', 'CurrencyRef cannot be given: multicurrency is off', { element: 'CurrencyRef' });
  if (held !== undefined && value !== held)
    throw new QuickBooksFault('6000', `The currency of this customer is ${held} and cannot change`);
  return { value };
}
