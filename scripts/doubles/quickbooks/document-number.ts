import type { EntityName } from './company.ts';
import type { CompanyScope } from './company-scope.ts';
import { QuickBooksFault } from './quickbooks-fault.ts';

type Wanted = {
  entity: EntityName;
  given: string | null | undefined;
  ownId?: string | undefined;
  allowDuplicate: boolean;
};

/** As the vendor's sentences call them. */
const typeWords: Partial<Record<EntityName, string>> = { CreditMemo: 'Credit Memo' };

/** The number of a sale: the client's where the company allows custom numbers, the next free one where it does not. */
export function documentNumber(scope: CompanyScope, { entity, given, ownId, allowDuplicate }: Wanted): string | null {
  const { company, quirks } = scope;
  if (!company.preferences.SalesFormsPrefs.CustomTxnNumbers) {
    const current = company.objects[entity].find(({ Id }) => Id === ownId)?.DocNumber;
    if (given && given !== current && quirks.docNumberWhenAutomatic === 'refuse') {
      throw new QuickBooksFault('6000', 'DocNumber cannot be given while custom transaction numbers are off');
    }
    return current ?? nextNumber(scope, entity);
  }
  if (!given) return null;
  const kinds = quirks.numberOncePer === 'kind' ? [entity] : (['Invoice', 'CreditMemo'] as const);
  const [held] = kinds.flatMap((kind) =>
    company.objects[kind].flatMap((sale) => (sale.Id !== ownId && sale.DocNumber === given ? [{ kind, sale }] : [])),
  );
  if (held && !allowDuplicate) {
    const detail =
      'You must specify a different number. This number has already been used. ' +
      `DocNumber=${given} is assigned to TxnType=${typeWords[held.kind] ?? held.kind} with TxnId=${held.sale.Id}`;
    throw new QuickBooksFault('6140', detail, { element: 'DocNumber' });
  }
  return given;
}

/** Counts on from the newest number with its prefix, whoever gave it: after our LO-0007 a person gets LO-0008. */
export function nextNumber({ company }: CompanyScope, entity: EntityName): string {
  const newest = company.objects[entity].map(({ DocNumber }) => DocNumber).findLast((number) => number !== undefined);
  const [, prefix = '', digits = '1000'] = /^(.*?)(\d+)$/.exec(newest ?? '') ?? [];
  return prefix + String(Number(digits) + 1).padStart(digits.length, '0');
}
