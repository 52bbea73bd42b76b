import type { SuperOpsInvoice, SuperOpsInvoices } from '@legendops/kit/contract/superops-invoices';
import type { BillingException } from '../contract.ts';
import { postingWorld, type PostingWorld } from './posting-world.ts';

export const theirs: SuperOpsInvoice = {
  invoiceId: '7928838372746166987',
  number: '010126-0001',
  date: '2026-01-01',
  status: 'APPROVED',
  total: '1480.50',
  bills: { from: '2025-12-01', until: '2026-03-01' },
};
export const another: SuperOpsInvoice = { ...theirs, invoiceId: '7928838372746166988', number: '012026-0002' };

/** Invoices of January that are to be posted, for customers whom SuperOps may invoice, too. */
export interface SecondBillerWorld {
  t: PostingWorld;
  /** What the portal was asked, by tenant. */
  asked: [string, object][];
  /** What SuperOps has from now on. */
  superOpsHas(answer: Partial<SuperOpsInvoices> | (() => never)): void;
  postOnce(customer?: string): ReturnType<PostingWorld['outcome']>;
  /** What is open on the worklist of a code. */
  told(code: 'invoice.superops-too' | 'invoice.superops-later'): Promise<BillingException[]>;
  choose(period: string | null, customer?: string): ReturnType<PostingWorld['call']>;
}

export const secondBillerWorld = async (): Promise<SecondBillerWorld> => {
  const t = await postingWorld();
  const asked: SecondBillerWorld['asked'] = [];
  return {
    t,
    asked,
    superOpsHas: (answer) => {
      t.world.superOps.invoicesOf = async (tenantId, about) => {
        asked.push([tenantId, about]);
        if (typeof answer === 'function') return answer();
        return { customer: 'client', data: [], unreadable: 0, ...answer };
      };
    },
    postOnce: async (customer) => {
      await t.post(customer);
      await t.world.post();
      return t.outcome(customer);
    },
    told: async (code) =>
      (await t.call('GET', 'exceptions')).body.data.filter((one: BillingException) => one.code === code),
    choose: async (period, customer = 'Fabrikam') => {
      const { customerId } = await t.invoiceOf(customer);
      return t.call('PUT', 'superops-choices', { customerId, period });
    },
  };
};
