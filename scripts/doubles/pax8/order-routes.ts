import { ownEntry } from '@legendops/kit/contract/own-entry';
import express from 'express';
import type { Router } from 'express';
import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Account } from './account.ts';
import { filtered, pageOf } from './paging.ts';
import { accountOf, found, queryOf } from './partner-scope.ts';
import type { PartnerScope } from './partner-scope.ts';
import { Pax8Error } from './pax8-error.ts';

const LineInput = z.object({
  productId: z.guid(),
  lineItemNumber: z.number(),
  quantity: z.int().positive(),
  billingTerm: z.string(),
  commitmentTermId: z.guid().optional(),
});
const OrderInput = z.object({
  companyId: z.guid(),
  lineItems: z.array(LineInput).min(1),
  orderedBy: z.string().optional(),
});

/** There is no idempotency key: an order that is sent twice is ordered twice. */
export function orderRoutes({ quirks, changed, now }: PartnerScope): Router {
  const router = express.Router();

  router.get('/orders', (req, res) => {
    const query = queryOf(req);
    res.json(pageOf(query, filtered(query, accountOf(res).orders, ['companyId']), quirks()));
  });
  router.get('/orders/:id', (req, res) => {
    res.json(found(accountOf(res).orders, 'Order', req.params.id));
  });
  router.post('/orders', (req, res) => {
    const account = accountOf(res);
    const input = checked(account, req.body);
    const date = now().toISOString().slice(0, 10);
    const order = {
      id: randomUUID(),
      companyId: input.companyId,
      createdDate: date,
      orderedBy: input.orderedBy ?? 'Pax8 Partner',
      isScheduled: false,
      lineItems: input.lineItems.map(({ lineItemNumber: _number, ...line }) => ({
        id: randomUUID(),
        subscriptionId: randomUUID(),
        ...line,
      })),
    };
    if (queryOf(req).get('isMock') !== 'true') {
      account.orders.push(order);
      for (const line of order.lineItems)
        account.subscriptions.push(subscriptionOf(account, { companyId: order.companyId, date, ...line }));
      changed();
    }
    res.json(order);
  });
  return router;
}

function checked(account: Account, body: unknown): z.infer<typeof OrderInput> {
  const parsed = OrderInput.safeParse(body);
  const problems = parsed.success
    ? [
        ...(account.companies.some(({ id }) => id === parsed.data.companyId)
          ? []
          : [`Company ${parsed.data.companyId} not found`]),
        ...parsed.data.lineItems.flatMap((line) => lineProblems(account, line)),
      ]
    : parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  if (parsed.success && problems.length === 0) return parsed.data;
  throw new Pax8Error(422, 'The order is not valid', problems);
}

function lineProblems({ products }: Account, { productId, commitmentTermId }: z.infer<typeof LineInput>): string[] {
  const product = products.find(({ id }) => id === productId);
  if (product && commitmentTermId && !commitmentsOf(product).some(({ id }) => id === commitmentTermId))
    return [`Product ${productId} has no commitment ${commitmentTermId}`];
  if (!product) return [`Product ${productId} not found`];
  return product.requiresCommitment === true && !commitmentTermId
    ? [`Product ${productId} requires a commitmentTermId`]
    : [];
}

const commitmentsOf = ({ dependencies }: Account['products'][number]) => dependencies?.commitmentDependencies ?? [];

const commitmentMonths: Record<string, number> = { Monthly: 1, Annual: 12, '2-Year': 24, '3-Year': 36 };

/** What is ordered with a commitment is bought until its end, which is a date-time. */
function commitmentOf(product: Account['products'][number] | undefined, id: string | undefined, date: string) {
  const commitment = product && commitmentsOf(product).find((one) => one.id === id);
  if (!commitment) return {};
  const end = new Date(`${date}T00:00:00Z`);
  end.setUTCMonth(end.getUTCMonth() + (ownEntry(commitmentMonths, commitment.term) ?? 12));
  return { commitmentTerm: { id: commitment.id, term: commitment.term, endDate: end.toISOString() } };
}

type Ordered = {
  subscriptionId: string;
  companyId: string;
  productId: string;
  quantity: number;
  billingTerm: string;
  commitmentTermId?: string | undefined;
  date: string;
};

function subscriptionOf(
  account: Account,
  { subscriptionId, date, companyId, productId, quantity, billingTerm, commitmentTermId }: Ordered,
) {
  const product = account.products.find(({ id }) => id === productId);
  const [rate] = (product?.pricing[0]?.rates ?? []) as { partnerBuyRate: number; suggestedRetailPrice: number }[];
  return {
    id: subscriptionId,
    companyId,
    productId,
    quantity,
    billingTerm,
    billingStart: date,
    startDate: date,
    createdDate: date,
    status: 'PendingAutomated',
    price: rate?.suggestedRetailPrice ?? 0,
    partnerCost: rate?.partnerBuyRate ?? 0,
    currencyCode: account.currencyCode,
    productName: product?.name ?? '',
    ...commitmentOf(product, commitmentTermId, date),
  };
}
