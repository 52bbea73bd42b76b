import type { Scope } from '@legendops/kit/db/tenant-database';
import { Problem } from '@legendops/kit/errors/problem';
import type { Needs } from '../link/needs.ts';
import type { ClaimedPosting } from '../posting/claimed-posting.ts';
import { amountText } from '../rating/currency.ts';
import { besideMonth } from './beside.ts';
import type { SuperOpsInvoicesOf } from './portal-superops.ts';
import type { SuperOpsChoiceStore } from './store.ts';
import { theirWords } from './their-words.ts';

/** Undefined where nobody else invoices the customer's month; throws what may pass by itself. */
export type SecondBiller = (scope: Scope, posting: ClaimedPosting) => Promise<Needs | undefined>;

const needs = (detail: string, nextStep: string): Needs => ({
  is: 'needed',
  of: 'invoice',
  what: 'second-biller',
  detail,
  nextStep,
});

const leaveIt = 'if SuperOps bills this, press “Take back” and then “Reject draft”';

/**
 * SuperOps keeps books of its own, and a customer that it invoices would have two invoices of one month. It is asked for what may
 * bill that month, whenever it is dated; a person says whether the two bill one thing, of the invoices that there are then.
 */
export const secondBiller =
  (choices: Pick<SuperOpsChoiceStore, 'saidOf'>, invoicesOf: SuperOpsInvoicesOf): SecondBiller =>
  async (scope, posting) => {
    // What is given back is given back by whom it was billed.
    if (posting.kind !== 'invoice') return undefined;
    const { customer_id: customerId, customer_name: name, period_start: from, period_end: until } = posting;
    const said = await choices.saidOf(scope, { customerId, period: from });
    if (said?.seen === null) return undefined;
    const found = await invoicesOf(scope.tenantId, { customerId, from, until }).catch(
      (error: unknown): Needs | undefined => {
        if (!(error instanceof Problem) || !error.code.startsWith('connection.')) throw error;
        if (said) return undefined;
        return needs(
          `SuperOps cannot be asked whether it invoices ${name}, too: ${error.detail ?? error.title}`,
          'Under “Connections” put SuperOps right and press “Post to QuickBooks”, or press “Post here, too” if it does not',
        );
      },
    );
    if (!found || 'is' in found) return found;
    if (found.customer === 'gone' && said) return undefined;
    if (found.customer === 'gone')
      return needs(
        `The client in SuperOps that ${name} is has been merged or deleted there, or is one of another account than is connected`,
        'Press “Confirm link” under “Links” beside the client that it is now, then press “Post to QuickBooks”; or press “Post here, too” if it is none any more',
      );
    const theirs = theirWords(besideMonth(found, { from, until }, said));
    if (theirs === undefined) return undefined;
    return needs(
      `SuperOps invoices ${name}, too: ${theirs}. This invoice is over ${amountText(posting.total_minor, posting.currency)} ${posting.currency}`,
      `Compare the two: if they bill different things, press “Post here, too”; ${leaveIt}`,
    );
  };
