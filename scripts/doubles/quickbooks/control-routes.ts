import express from 'express';
import type { Response, Router } from 'express';
import { actByHand, ByHand } from './by-hand.ts';
import { CompanySeed } from './company.ts';
import type { Company } from './company.ts';
import type { CompanyScope } from './company-scope.ts';
import { companyPage } from './company-page.ts';
import type { Metering } from './limits.ts';
import { Quirks } from './quirks.ts';

type Deps = {
  companies: () => Company[];
  put: (seed: CompanySeed) => Company;
  scopeOf: (company: Company) => CompanyScope;
  metering: () => Metering;
  setQuirks: (quirks: Quirks) => void;
  changed: () => void;
};

/** Seeds, changes behind the vendor's back, and what a person looks at. */
export function controlRoutes({ companies, put, scopeOf, metering, setQuirks, changed }: Deps): Router {
  const router = express.Router();
  const named = (realmId: string, res: Response): Company | undefined => {
    const company = companies().find((candidate) => candidate.realmId === realmId);
    if (!company) res.status(404).json({ message: `There is no company ${realmId}` });
    return company;
  };

  router.get('/', (_req, res) => {
    res.send(companyPage(companies()));
  });
  router.use('/_control', express.json({ limit: '16mb' }));
  router.get('/_control/companies', (_req, res) => {
    res.json(
      companies().map(({ realmId, name, country, currency, state }) => ({ realmId, name, country, currency, state })),
    );
  });
  router.post('/_control/companies', (req, res) => {
    res.json({ realmId: put(CompanySeed.parse(req.body)).realmId });
  });
  router.get('/_control/companies/:realmId/invoices', (req, res) => {
    const company = named(req.params.realmId, res);
    if (company) res.json(company.objects.Invoice);
  });
  router.post('/_control/companies/:realmId/by-hand', (req, res) => {
    const company = named(req.params.realmId, res);
    if (!company) return;
    res.json(actByHand(scopeOf(company), ByHand.parse(req.body)));
    changed();
  });
  router.get('/_control/metering', (_req, res) => {
    res.json(metering());
  });
  router.post('/_control/quirks', (req, res) => {
    const quirks = Quirks.parse(req.body);
    setQuirks(quirks);
    res.json(quirks);
  });
  return router;
}
