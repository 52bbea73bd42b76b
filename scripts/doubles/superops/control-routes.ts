import express, { type Router } from 'express';
import * as z from 'zod';
import { Account } from './account.ts';
import { actByHand, ByHand } from './by-hand.ts';
import { OperationFault, type OperationFaults } from './operation-faults.ts';
import { Quirks } from './quirks.ts';

type Deps = {
  accounts: () => Account[];
  put: (account: Account) => void;
  changed: () => void;
  now: () => Date;
  setQuirks: (quirks: Quirks) => void;
  operationFaults: OperationFaults;
};

const ByHandIn = z.strictObject({ subdomain: z.string(), act: ByHand });

/** Seeds, and what happens behind the API's back. Tokens are not shown. */
export const controlRoutes = ({ accounts, put, changed, now, setQuirks, operationFaults }: Deps): Router => {
  const router = express.Router();
  router.get('/_control/accounts', (_req, res) => {
    res.json(
      accounts().map(({ users, ...account }) => ({
        ...account,
        users: users.map(({ token: _token, ...user }) => user),
      })),
    );
  });
  router.post('/_control/accounts', (req, res) => {
    const account = Account.parse(req.body);
    put(account);
    res.json({ subdomain: account.subdomain });
  });
  router.post('/_control/by-hand', (req, res) => {
    const { subdomain, act } = ByHandIn.parse(req.body);
    const account = accounts().find((candidate) => candidate.subdomain === subdomain);
    if (!account) {
      res.status(404).json({ message: `There is no account ${subdomain}` });
      return;
    }
    actByHand(account, act, now());
    changed();
    res.json({});
  });
  router.get('/_control/operation-faults', (_req, res) => {
    res.json(operationFaults.armed);
  });
  router.post('/_control/operation-faults', (req, res) => {
    operationFaults.add(OperationFault.parse(req.body));
    res.json(operationFaults.armed);
  });
  router.post('/_control/quirks', (req, res) => {
    const quirks = Quirks.parse(req.body);
    setQuirks(quirks);
    res.json(quirks);
  });
  return router;
};
