import type { PostingWorld } from './posting-world.ts';

/** Fabrikam's invoice waits for what a person has to say, and what that person says. */
export const waitingFabrikam = (posting: () => PostingWorld) => {
  const waitFor = async (code: string) => {
    const failed = "set status = 'failed' where customer_name = 'Fabrikam' and status = 'posting'";
    await posting().world.rows("update billing.postings set state = 'failed', code = $1 where state = 'posting'", [
      code,
    ]);
    await posting().world.rows(`update billing.invoices ${failed}`);
  };
  const fabrikam = async (): Promise<string> => (await posting().invoiceOf('Fabrikam')).customerId;
  const link = async (kind: string, quickBooksId: string) => {
    posting().putCompany({ customers: [{ Id: '7', DisplayName: 'Fabrikam Group' }] });
    const customerId = await fabrikam();
    return posting().call('PUT', 'links', { kind, quickBooksId, ...(kind === 'customer' && { customerId }) });
  };
  return {
    waitFor,
    link,
    linkAfter: async (code: string) => {
      await waitFor(code);
      return link('customer', '7');
    },
    makeNew: async () => {
      await waitFor('link-needed');
      return posting().call('PUT', 'links/new-customer', { customerId: await fabrikam(), name: 'Fabrikam New' });
    },
    chooseBooks: async () => {
      await waitFor('books-closed');
      return posting().call('PUT', 'books', { invoiceDate: 'period-end', closedBooks: 'first-open-day' });
    },
    hereToo: async (period: string | null) =>
      posting().call('PUT', 'superops-choices', { customerId: await fabrikam(), period }),
  };
};
