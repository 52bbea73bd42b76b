import express from 'express';
import type { Router } from 'express';
import type { Account } from './account.ts';
import { filtered, pageOf, sorted } from './paging.ts';
import { accountOf, found, queryOf } from './partner-scope.ts';
import type { PartnerScope } from './partner-scope.ts';

type Product = Account['products'][number];

export function productRoutes({ quirks }: PartnerScope): Router {
  const router = express.Router();

  router.get('/products', (req, res) => {
    const query = queryOf(req);
    const search = query.get('search')?.toLowerCase() ?? '';
    const matching = accountOf(res).products.filter(({ id, name, vendorName, sku }) =>
      [id, name, vendorName, sku ?? ''].some((text) => text.toLowerCase().includes(search)),
    );
    const rows = sorted(query, filtered(query, matching, ['vendorName']), ['name', 'vendor']);
    res.json(pageOf(query, rows.map(listed), quirks()));
  });
  router.get('/products/:id', (req, res) => {
    const { pricing: _pricing, dependencies: _dependencies, ...product } = productOf(accountOf(res), req.params.id);
    res.json({ description: '', ...product });
  });
  // These three have no page block.
  router.get('/products/:id/pricing', (req, res) => {
    const { id, name, pricing } = productOf(accountOf(res), req.params.id);
    const companyId = queryOf(req).get('companyId');
    if (companyId !== null) found(accountOf(res).companies, 'Company', companyId);
    const own = pricing.filter((price) => price.companyId === undefined || price.companyId === companyId);
    res.json({
      content: own.map(({ companyId: _companyId, ...price }) => ({ productId: id, productName: name, ...price })),
    });
  });
  router.get('/products/:id/provision-details', (req, res) => {
    productOf(accountOf(res), req.params.id);
    res.json({ content: [] });
  });
  router.get('/products/:id/dependencies', (req, res) => {
    const { dependencies } = productOf(accountOf(res), req.params.id);
    res.json({ commitmentDependencies: [], productDependencies: [], ...dependencies });
  });
  return router;
}

const productOf = (account: Account, id: string) => found(account.products, 'Product', id);

const listed = ({ pricing: _pricing, dependencies: _dependencies, description: _description, ...product }: Product) =>
  product;
