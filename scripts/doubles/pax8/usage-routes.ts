import express from 'express';
import type { Router } from 'express';
import { sum } from '../decimal.ts';
import type { Account, UsageSummary } from './account.ts';
import { filtered, pageOf, sorted } from './paging.ts';
import { accountOf, found, queryOf } from './partner-scope.ts';
import type { PartnerScope } from './partner-scope.ts';
import { Pax8Error } from './pax8-error.ts';

export function usageRoutes({ quirks, now }: PartnerScope): Router {
  const router = express.Router();
  const month = () => now().toISOString().slice(0, 7);

  router.get('/subscriptions/:id/usage-summaries', (req, res) => {
    const account = accountOf(res);
    const query = queryOf(req);
    found(account.subscriptions, 'Subscription', req.params.id);
    const own = account.usage.filter(({ subscriptionId }) => subscriptionId === req.params.id);
    const rows = filtered(query, own, ['resourceGroup', 'companyId']).map((summary) =>
      present(account, summary, month()),
    );
    res.json(pageOf(query, sorted(query, rows, ['resourceGroup', 'currentCharges', 'partnerTotal']), quirks()));
  });
  router.get('/usage-summaries/:id', (req, res) => {
    const account = accountOf(res);
    res.json(present(account, found(account.usage, 'Usage summary', req.params.id), month()));
  });
  router.get('/usage-summaries/:id/usage-lines', (req, res) => {
    const account = accountOf(res);
    const query = queryOf(req);
    const { lines } = found(account.usage, 'Usage summary', req.params.id);
    const usageDate = query.get('usageDate') ?? '';
    if (!/^\d{4}-\d{2}-\d{2}$/.test(usageDate)) {
      throw new Pax8Error(quirks().missingUsageDate, 'Invalid request', ['usageDate is required: yyyy-MM-dd']);
    }
    const rows = filtered(query, lines, quirks().ignoresUsageDate ? ['productId'] : ['usageDate', 'productId']);
    res.json(
      pageOf(
        query,
        rows.map((line) => ({ currencyCode: account.currencyCode, isTrial: false, ...line })),
        quirks(),
      ),
    );
  });
  return router;
}

/** Totals are those of the current month, in the three decimals that the vendor sends. */
function present({ currencyCode, products }: Account, { lines, ...summary }: UsageSummary, month: string) {
  const current = lines.filter(({ usageDate }) => usageDate.startsWith(month));
  return {
    vendorName: products.find(({ id }) => id === summary.productId)?.vendorName,
    ...summary,
    currentCharges: sum(
      current.map(({ currentCharges }) => currentCharges),
      3,
    ),
    partnerTotal: sum(
      current.map(({ partnerTotal }) => partnerTotal),
      3,
    ),
    currencyCode,
  };
}
