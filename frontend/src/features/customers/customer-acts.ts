import { Customer, ImportResult, type CustomerChange, type NewCustomer } from '@legendops/portal/contract';
import type { ActKind } from '../../lib/act/perform-act.ts';
import { useAct } from '../../lib/act/use-act.ts';
import { api } from '../../lib/api.ts';
import { putRow, refresh } from '../../lib/cache.ts';
import { customerById, customersPath } from '../../lib/queries/customers.ts';
import { queryClient } from '../../lib/query-client.ts';

const importCustomers: ActKind<undefined, ImportResult> = {
  request: () => ({ method: 'POST', path: '/api/portal/v1/customer-imports' }),
  answer: ImportResult,
  done: () => void refresh(customersPath),
  refused: () => void refresh(customersPath),
};

export const useImport = () => useAct(importCustomers);

const addCustomer: ActKind<NewCustomer, Customer> = {
  request: (body) => ({ method: 'POST', path: customersPath, body }),
  answer: Customer,
  done: () => void refresh(customersPath),
};

export const useAddCustomer = () => useAct(addCustomer);

interface SeenCustomer {
  customer: Customer;
  change: CustomerChange;
}

/** Changes what the person saw; a customer that somebody changed meanwhile is refused and read again. */
const changeCustomer: ActKind<SeenCustomer, Customer> = {
  request: ({ customer: { id, version }, change: body }) => ({
    method: 'PATCH',
    path: `${customersPath}/${id}`,
    body,
    version,
  }),
  answer: Customer,
  done: (customer) => {
    queryClient.setQueryData(customerById(customer.id).queryKey, customer);
    putRow(customersPath, customer);
    for (const kind of ['matches', 'names']) void queryClient.invalidateQueries({ queryKey: [customersPath, kind] });
  },
  refused: ({ customer: { id } }) =>
    void queryClient.invalidateQueries({ queryKey: customerById(id).queryKey, exact: true }),
  readBack: ({ customer: { id } }) => api.request({ method: 'GET', path: `${customersPath}/${id}` }, Customer),
};

export const useChangeCustomer = () => useAct(changeCustomer);
