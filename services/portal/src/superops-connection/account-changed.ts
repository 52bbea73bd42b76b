import { problem } from '@legendops/kit/errors/problem';
import type { SuperOpsAccount } from '../superops/superops-transport.ts';

/** Of work that is of an account which is connected no more. */
export const accountChanged = ({ subdomain }: SuperOpsAccount) =>
  problem('account.changed', {
    detail: `This is of the account ${subdomain} of SuperOps. Look there for what became of it, then open the page again`,
  });
