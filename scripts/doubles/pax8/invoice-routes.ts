import express from 'express';
import type { Router } from 'express';
import type { Account, Invoice } from './account.ts';
import { addMonths, invoiceOf, subscriptionItems } from './invoice-items.ts';
import { filtered, pageOf, sorted } from './paging.ts';
import { accountOf, found, queryOf } from './partner-scope.ts';
import type { PartnerScope } from './partner-scope.ts';
import { Pax8Error } from './pax8-error.ts';

const sortFields = ['invoiceDate', 'dueDate', 'status', 'partnerName', 'total', 'balance', 'carriedBalance'];
const filterFields = ['status', 'invoiceDate', 'dueDate', 'total', 'balance', 'carriedBalance', 'companyId'];

export function invoiceRoutes({ quirks, changed, invoicesOn }: PartnerScope): Router {
  const router = express.Router();
  const today = () => invoicesOn().toISOString().slice(0, 10);
  const visible = (account: Account): Invoice[] => {
    if (issueInvoices(account, today())) changed();
    return account.invoices.filter(({ invoiceDate }) => visibleFrom(invoiceDate) <= today());
  };

  router.get('/invoices/draftItems', (req, res) => {
    const account = accountOf(res);
    const query = queryOf(req);
    const offset = query.get('monthOffset') ?? '1';
    if (offset !== '0' && offset !== '1')
      throw new Pax8Error(422, 'Invalid monthOffset', ['monthOffset must be 0 or 1']);
    const companyId = query.get('companyId');
    if (companyId !== null) found(account.companies, 'Company', companyId);
    const items = subscriptionItems(account, addMonths(today().slice(0, 7), Number(offset)));
    res.json(pageOf(query, filtered(query, items, ['companyId']), quirks()));
  });
  router.get('/invoices', (req, res) => {
    const query = queryOf(req);
    const from = query.get('invoiceDateRangeStart') ?? '';
    const to = query.get('invoiceDateRangeEnd') ?? '9999';
    const inRange = visible(accountOf(res)).filter(({ invoiceDate }) => invoiceDate >= from && invoiceDate <= to);
    const { content, page } = pageOf(
      query,
      sorted(query, filtered(query, inRange, filterFields), sortFields),
      quirks(),
    );
    // An empty list of invoices has no `content` at all.
    res.json(
      content.length === 0 && quirks().omitEmptyInvoiceContent ? { page } : { content: content.map(present), page },
    );
  });
  router.get('/invoices/:id', (req, res) => {
    res.json(present(found(visible(accountOf(res)), 'Invoice', req.params.id)));
  });
  router.get('/invoices/:id/items', (req, res) => {
    const { items } = found(visible(accountOf(res)), 'Invoice', req.params.id);
    res.json(pageOf(queryOf(req), items, quirks()));
  });
  return router;
}

// The invoice of a month reaches the API on the 5th, whatever its date.
const visibleFrom = (invoiceDate: string) =>
  [invoiceDate, `${invoiceDate.slice(0, 7)}-05`].toSorted().at(-1) ?? invoiceDate;

/** Makes the invoices whose 5th has come, once; later changes of usage do not change them. */
function issueInvoices(account: Account, today: string): boolean {
  if (account.invoicesSince === undefined) return false;
  const before = account.invoices.length;
  for (let month = account.invoicesSince; `${month}-05` <= today; month = addMonths(month, 1)) {
    const invoice = invoiceOf(account, month);
    if (!account.invoices.some(({ id }) => id === invoice.id)) account.invoices.push(invoice);
  }
  return account.invoices.length > before;
}

const present = ({ items: _items, ...invoice }: Invoice) => invoice;
