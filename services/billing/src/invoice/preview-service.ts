import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import { problem } from '@legendops/kit/errors/problem';
import type { Money } from '../contract.ts';
import { exceptionKind } from '../exception/exception-kinds.ts';
import { planPeriod, type PeriodPlan } from './draft-plan.ts';
import { editsOfMonth, withOwnLines } from './edit-store.ts';
import { withEdits } from './line-edits.ts';
import { customerLine } from '../posting/customer-line.ts';
import { fitLines } from '../posting/fit-lines.ts';
import { priceText, quantityText } from '../rating/currency.ts';
import { monthOf } from '../rating/period.ts';
import type { Draft } from '../rating/rating-values.ts';
import type { InvoicePreview, PeriodPreview } from '../period/contract.ts';
import type { OfPeriod } from '../period/service.ts';

export interface PreviewService {
  /** Every customer with what it would pay; throws period.not-found for what is no month. */
  of(scope: Scope, asked: OfPeriod): Promise<PeriodPreview>;
  /** What one customer would read. */
  lines(scope: Scope, asked: OfPeriod, customerId: string): Promise<InvoicePreview>;
}

const sumsOf = (amounts: readonly { minor: bigint; currency: string }[]): Money[] =>
  [...Map.groupBy(amounts, ({ currency }) => currency)].map(([currency, some]) => ({
    amountMinor: some.reduce((sum, { minor }) => sum + minor, 0n).toString(),
    currency,
  }));

/** Plans as a run does, by the same code, and writes nothing. */
export const previewService = (database: TenantDatabase): PreviewService => {
  const plan = async (
    scope: Scope,
    { period: start, tenant: { currency } }: OfPeriod,
  ): Promise<PeriodPlan & { drafts: Draft[] }> => {
    const period = monthOf(start);
    if (period.start !== start) throw problem('period.not-found');
    const planning = { database, scope, environment: { CURRENCY: currency }, progress: () => undefined };
    const [planned] = await withOwnLines(planning, [await planPeriod(planning, period, [period])]);
    if (!planned) throw problem('period.not-found');
    const edits = await database.read(scope, editsOfMonth({ periodStart: start, currency }));
    const byCustomer = Map.groupBy(edits, ({ customerId }) => customerId);
    const drafts = planned.drafts.map((draft) => withEdits(draft, byCustomer.get(draft.customerId) ?? []));
    return { ...planned, drafts };
  };
  return {
    of: async (scope, asked) => {
      const { currency } = asked.tenant;
      const { drafts, exceptions, approved } = await plan(scope, asked);
      const unbilled = exceptions.filter(({ code }) => !exceptionKind(code).isBilled);
      return {
        data: drafts
          .map(({ customerId, customerName, totalMinor, lines }) => ({
            customerId,
            customerName,
            currency,
            totalMinor: totalMinor.toString(),
            lines: lines.length,
          }))
          .toSorted((one, other) => one.customerName.localeCompare(other.customerName)),
        totals: sumsOf(drafts.map(({ totalMinor }) => ({ minor: totalMinor, currency }))),
        unbilled: { count: unbilled.length, totals: sumsOf(unbilled.flatMap(({ amount }) => amount ?? [])) },
        approved: approved.size,
      };
    },
    lines: async (scope, asked, customerId) => {
      const { currency } = asked.tenant;
      const draft = (await plan(scope, asked)).drafts.find((one) => one.customerId === customerId);
      const read = (draft?.lines ?? []).map((line) => ({
        ...customerLine(line, currency),
        productId: null,
        itemId: '',
        taxCode: null,
      }));
      return {
        data: fitLines(read).map(({ description, quantityE6, unitPriceE8, amountMinor }) => ({
          description,
          quantity: quantityText(quantityE6),
          unitPrice: priceText(unitPriceE8, currency),
          amountMinor: amountMinor.toString(),
        })),
      };
    },
  };
};
