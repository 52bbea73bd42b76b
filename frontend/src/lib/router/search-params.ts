import { PaymentState } from '@legendops/billing/book-entry/contract';
import { InvoiceStatus, Vendor } from '@legendops/billing/contract';
import { VarianceReason } from '@legendops/billing/reconciliation/contract';
import { ShadowOutcome } from '@legendops/billing/shadow-run/contract';
import { Lifecycle, ProductKind } from '@legendops/catalog/contract';
import { MasterKind } from '@legendops/catalog/stencil-library/contract';

// What an address may say of a view. Whatever it says otherwise is ignored: an old or mistyped link still opens.

/** The search of an address, every name once. */
export type GivenSearch = Readonly<Record<string, string>>;

const text = (value: string | undefined): string | undefined => value?.trim() || undefined;

const matching =
  (pattern: RegExp) =>
  (value: string | undefined): string | undefined =>
    value !== undefined && pattern.test(value) ? value : undefined;

const date = matching(/^\d{4}-\d{2}-\d{2}$/);
const firstOfMonth = matching(/^\d{4}-(0[1-9]|1[0-2])-01$/);
const id = matching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
const code = matching(/^[a-z][a-z.-]{0,60}$/);

const oneOf =
  <Choice extends string>(...choices: readonly Choice[]) =>
  (value: string | undefined): Choice | undefined =>
    choices.find((choice) => choice === value);

const invoiceStatus = oneOf(...InvoiceStatus.options);
const paymentState = oneOf(...PaymentState.options);

export const noSearch = (): Record<string, never> => ({});

interface WorklistSearch {
  /** The code of a sign-in that failed. */
  problem?: string | undefined;
}

export const worklistSearch = ({ problem }: GivenSearch): WorklistSearch => ({ problem: code(problem) });

interface CustomersSearch {
  search?: string | undefined;
}

export const customersSearch = ({ search }: GivenSearch): CustomersSearch => ({ search: text(search) });

export interface UsageSearch {
  view?: 'subscriptions' | undefined;
  customerId?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

export const usageSearch = ({ view, customerId, from, to }: GivenSearch): UsageSearch => ({
  view: oneOf('subscriptions')(view),
  customerId: id(customerId),
  from: date(from),
  to: date(to),
});

interface InvoicesSearch {
  status?: ReturnType<typeof invoiceStatus>;
  paymentState?: ReturnType<typeof paymentState>;
  customerId?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

export const invoicesSearch = ({ status, paymentState: paid, customerId, from, to }: GivenSearch): InvoicesSearch => ({
  status: invoiceStatus(status),
  paymentState: paymentState(paid),
  customerId: id(customerId),
  from: firstOfMonth(from),
  to: firstOfMonth(to),
});

interface AuditSearch {
  act?: string | undefined;
  memberId?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

export const auditSearch = ({ act, memberId, from, to }: GivenSearch): AuditSearch => ({
  act: code(act),
  memberId: id(memberId),
  from: date(from),
  to: date(to),
});

interface ExceptionsSearch {
  /** One cause. */
  code?: string | undefined;
}

export const exceptionsSearch = ({ code: given }: GivenSearch): ExceptionsSearch => ({ code: code(given) });

interface ConnectionsSearch {
  connected?: Vendor | undefined;
  /** The code of a connection that failed. */
  problem?: string | undefined;
}

export const connectionsSearch = ({ connected, problem }: GivenSearch): ConnectionsSearch => ({
  connected: oneOf(...Vendor.options)(connected),
  problem: code(problem),
});

const month = matching(/^\d{4}-\d{2}-01$/);
const varianceReason = oneOf(...VarianceReason.options);

interface ReconciliationSearch {
  month?: string | undefined;
  reason?: ReturnType<typeof varianceReason>;
  customerId?: string | undefined;
}

export const reconciliationSearch = ({ month: of, reason, customerId }: GivenSearch): ReconciliationSearch => ({
  month: month(of),
  reason: varianceReason(reason),
  customerId: id(customerId),
});

const shadowOutcome = oneOf(...ShadowOutcome.options);

interface ShadowRunsSearch {
  run?: string | undefined;
  outcome?: ReturnType<typeof shadowOutcome>;
}

export const shadowRunsSearch = ({ run, outcome }: GivenSearch): ShadowRunsSearch => ({
  run: id(run),
  outcome: shadowOutcome(outcome),
});

const lifecycle = oneOf(...Lifecycle.options);
const productKind = oneOf(...ProductKind.options);
const yesOrNo = oneOf('true', 'false');

export interface ProductsSearch {
  search?: string | undefined;
  categoryId?: string | undefined;
  manufacturer?: string | undefined;
  kind?: ReturnType<typeof productKind>;
  lifecycle?: ReturnType<typeof lifecycle>;
  isPublished?: ReturnType<typeof yesOrNo>;
}

export const productsSearch = (given: GivenSearch): ProductsSearch => ({
  search: text(given['search']),
  categoryId: id(given['categoryId']),
  manufacturer: text(given['manufacturer']),
  kind: productKind(given['kind']),
  lifecycle: lifecycle(given['lifecycle']),
  isPublished: yesOrNo(given['isPublished']),
});

interface BaseProductsSearch {
  search?: string | undefined;
}

export const baseProductsSearch = ({ search }: GivenSearch): BaseProductsSearch => ({ search: text(search) });

interface StencilsSearch {
  search?: string | undefined;
}

export const stencilsSearch = ({ search }: GivenSearch): StencilsSearch => ({ search: text(search) });

const versionNumber = (value: string | undefined): number | undefined =>
  value !== undefined && /^[1-9]\d{0,3}$/.test(value) ? Number(value) : undefined;

export interface StencilSearch {
  search?: string | undefined;
  kind?: MasterKind | undefined;
  /** Of its versions; the newest where none is named. */
  number?: number | undefined;
}

export const stencilSearch = ({ search, kind, number }: GivenSearch): StencilSearch => ({
  search: text(search),
  kind: oneOf(...MasterKind.options)(kind),
  number: versionNumber(number),
});

export interface StencilComparisonSearch {
  before?: number | undefined;
  after?: number | undefined;
}

export const stencilComparisonSearch = ({ before, after }: GivenSearch): StencilComparisonSearch => ({
  before: versionNumber(before),
  after: versionNumber(after),
});

interface CablingSearch {
  search?: string | undefined;
}

export const cablingSearch = ({ search }: GivenSearch): CablingSearch => ({ search: text(search) });
