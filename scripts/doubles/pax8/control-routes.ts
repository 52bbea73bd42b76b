import express from 'express';
import type { Router } from 'express';
import * as z from 'zod';
import { Account, UsageLine } from './account.ts';
import { Quirks } from './quirks.ts';

type Deps = {
  accounts: () => Account[];
  put: (account: Account) => void;
  changed: () => void;
  setQuirks: (quirks: Quirks) => void;
};

const UsageDay = z.strictObject({ usageSummaryId: z.guid(), usageDate: z.iso.date(), lines: z.array(UsageLine) });

/** Seeds and changes behind the vendor's back. Secrets are not shown. */
export function controlRoutes({ accounts, put, changed, setQuirks }: Deps): Router {
  const router = express.Router();

  router.get('/_control/accounts', (_req, res) => {
    res.json(accounts().map(({ clientSecret: _secret, ...account }) => account));
  });
  router.post('/_control/accounts', (req, res) => {
    const account = Account.parse(req.body);
    put(account);
    res.json({ clientId: account.clientId });
  });
  // A day of usage that changes after it was read, comes late, turns negative or vanishes.
  router.put('/_control/accounts/:clientId/usage-day', (req, res) => {
    const { usageSummaryId, usageDate, lines } = UsageDay.parse(req.body);
    const summary = accounts()
      .find(({ clientId }) => clientId === req.params.clientId)
      ?.usage.find(({ id }) => id === usageSummaryId);
    if (!summary) {
      res.status(404).json({ message: `No usage summary ${usageSummaryId}` });
      return;
    }
    summary.lines = [...summary.lines.filter((line) => line.usageDate !== usageDate), ...lines];
    changed();
    res.json(summary);
  });
  router.post('/_control/quirks', (req, res) => {
    const quirks = Quirks.parse(req.body);
    setQuirks(quirks);
    res.json(quirks);
  });
  return router;
}
