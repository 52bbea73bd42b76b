import express from 'express';
import type { Router } from 'express';
import * as z from 'zod';
import type { Subscription } from './account.ts';
import { filtered, pageOf, sorted } from './paging.ts';
import { accountOf, found, queryOf } from './partner-scope.ts';
import type { PartnerScope } from './partner-scope.ts';
import { Pax8Error } from './pax8-error.ts';

const filterFields = ['status', 'billingTerm', 'companyId', 'productId'];
const sortFields = ['quantity', 'startDate', 'endDate', 'createdDate', 'billingStart', 'price'];

const Change = z.object({
  price: z.number().optional(),
  billingTerm: z.enum(['Monthly', 'Annual', '2-Year', '3-Year', 'One-Time', 'Trial', 'Activation']).optional(),
  quantity: z.number().nonnegative().optional(),
  startDate: z.string().optional(),
});

export function subscriptionRoutes({ quirks, changed, now }: PartnerScope): Router {
  const router = express.Router();

  router.get('/subscriptions', (req, res) => {
    const query = queryOf(req);
    const rows = sorted(query, filtered(query, accountOf(res).subscriptions, filterFields), sortFields);
    res.json(pageOf(query, rows.map(present), quirks()));
  });
  router.get('/subscriptions/:id', (req, res) => {
    res.json(present(found(accountOf(res).subscriptions, 'Subscription', req.params.id)));
  });
  router.get('/subscriptions/:id/history', (req, res) => {
    const { id } = req.params;
    const { subscriptions, history } = accountOf(res);
    const former = history.filter((snapshot) => snapshot.id === id);
    res.json({ content: [found(subscriptions, 'Subscription', id), ...former].map(present) });
  });
  // Every one of the four fields that comes is taken: whoever echoes a read object overwrites the customer's price.
  router.put('/subscriptions/:id', (req, res) => {
    const account = accountOf(res);
    const subscription = found(account.subscriptions, 'Subscription', req.params.id);
    const change = Change.safeParse(req.body);
    if (!change.success || Object.keys(change.data).length === 0) {
      throw new Pax8Error(422, 'Validation failed', [
        'At least one of price, billingTerm, quantity, startDate must be valid',
      ]);
    }
    account.history.unshift({ ...subscription });
    Object.assign(subscription, change.data, { updatedDate: now().toISOString() });
    changed();
    res.json(present(subscription));
  });
  router.delete('/subscriptions/:id', (req, res) => {
    const account = accountOf(res);
    const subscription = found(account.subscriptions, 'Subscription', req.params.id);
    const cancelDate = queryOf(req).get('cancelDate');
    account.history.unshift({ ...subscription });
    const later = cancelDate !== null && new Date(cancelDate) > now();
    Object.assign(subscription, {
      status: later ? 'PendingCancel' : 'Cancelled',
      endDate: cancelDate ?? now().toISOString(),
      updatedDate: now().toISOString(),
    });
    changed();
    res.status(204).end();
  });
  return router;
}

const present = ({ invoicedQuantity: _invoicedQuantity, ...subscription }: Subscription) => subscription;
