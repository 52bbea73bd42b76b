import { addMonths } from '../../rating/period.ts';

/** What is sold: seats by the month, seats by a year in advance with a commitment, and usage. */
export type Product = 'monthly' | 'annual';

export interface Sold {
  id: string;
  companyId: string;
  product: Product;
  quantity: number;
  status: 'Active' | 'Cancelled';
  startDate: string;
  endDate: string | null;
  /** The first day after the commitment. */
  committedTo: string | null;
}

export interface Metered {
  id: string;
  companyId: string;
  /** The subscription that lists it. */
  subscriptionId: string;
  /** What a day cost, in cents. */
  days: Map<string, number>;
}

/** A partner's account at Pax8: what the vendor holds for true now, and how it answers. */
export interface Pax8Machine {
  companies: { id: string; name: string }[];
  sold: Sold[];
  metered: Metered[];
  /** The morning of a day: terms are renewed. */
  dawn(day: string): void;
  /** Whether all that a path names is this partner's. */
  hasAll(path: string): boolean;
  answer(path: string): unknown;
}

export const costCents: Record<Product, number> = { monthly: 1045, annual: 18_813 };

export interface Pax8Ids {
  /** How it spells the length of a commitment. */
  year: 'Annual' | '1-Year';
  products: Record<Product | 'usage', string>;
  commitment: string;
}

const page = (content: readonly unknown[]) => ({
  content,
  page: { size: 200, totalElements: content.length, totalPages: 1, number: 0 },
});

const price = (cents: number): string => `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;

export const pax8Machine = ({ products, commitment, year }: Pax8Ids): Pax8Machine => {
  const machine: Pax8Machine = {
    companies: [],
    sold: [],
    metered: [],
    dawn: (day) => {
      for (const one of machine.sold) {
        const { product, status, startDate, committedTo } = one;
        if (product === 'monthly' || status === 'Cancelled' || committedTo === null || committedTo > day) continue;
        let years = 1;
        while (addMonths(startDate, 12 * years) <= day) years += 1;
        one.committedTo = addMonths(startDate, 12 * years);
      }
    },
    hasAll: (path) => {
      const own = new Set([...machine.companies, ...machine.sold, ...machine.metered].map(({ id }) => id));
      return (path.match(/[\da-f-]{36}/g) ?? []).every((id) => own.has(id) || Object.values(products).includes(id));
    },
    answer: (path) => {
      const [, noun = '', id = '', list = ''] = path.split(/[/?]/).slice(1);
      // Nothing is billed by these.
      if (['orders', 'invoices'].includes(noun) || list === 'contacts') return page([]);
      if (list === 'pricing' || list === 'history') return { content: [] };
      if (noun === 'companies') return page(machine.companies.map((one) => ({ ...one, status: 'Active' })));
      if (noun === 'products' && list === 'dependencies')
        return {
          commitmentDependencies: [
            {
              id: commitment,
              allowForQuantityDecrease: false,
              allowForEarlyCancellation: false,
              cancellationFeeApplied: false,
            },
          ],
        };
      if (noun === 'products') return page(Object.entries(products).map(([name, one]) => ({ id: one, name })));
      if (noun === 'subscriptions' && list === 'usage-summaries')
        return page(
          machine.metered
            .filter(({ subscriptionId }) => subscriptionId === id)
            .map(({ id: summaryId, companyId }) => ({ id: summaryId, companyId, productId: products.usage })),
        );
      if (noun === 'subscriptions')
        return page(
          machine.sold.map((one) => ({
            id: one.id,
            companyId: one.companyId,
            productId: products[one.product],
            quantity: one.quantity,
            status: one.status,
            billingTerm: one.product === 'monthly' ? 'Monthly' : 'Annual',
            startDate: one.startDate,
            endDate: one.endDate,
            partnerCost: price(costCents[one.product]),
            commitmentTerm: one.committedTo === null ? null : { id: commitment, term: year, endDate: one.committedTo },
          })),
        );
      if (noun === 'usage-summaries') {
        const day = new URL(path, 'http://pax8').searchParams.get('usageDate') ?? '';
        const cents = machine.metered.find((one) => one.id === id)?.days.get(day);
        return page(
          cents === undefined
            ? []
            : [
                {
                  usageDate: day,
                  productId: products.usage,
                  productName: 'usage',
                  unitOfMeasure: 'Hour',
                  quantity: cents,
                  currentCharges: price(cents),
                  partnerTotal: price(cents),
                },
              ],
        );
      }
      throw new Error(`The simulated Pax8 has no answer to ${path}`);
    },
  };
  return machine;
};
