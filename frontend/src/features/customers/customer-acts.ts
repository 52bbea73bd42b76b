import { Customer, ImportResult, type CustomerChange, type NewCustomer } from '@legendops/portal/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, runOnce } from '../../lib/api.ts';
import { customerById, customersPath } from '../../lib/queries/customers.ts';

export const useImport = () => {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () =>
      runOnce('customer.import', null, (idempotencyKey) =>
        api.request({ method: 'POST', path: '/api/portal/v1/customer-imports', idempotencyKey }, ImportResult),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: [customersPath] }),
  });
};

export const useAddCustomer = () => {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: NewCustomer) =>
      runOnce('customer.add', body, (idempotencyKey) =>
        api.request({ method: 'POST', path: customersPath, body, idempotencyKey }, Customer),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: [customersPath] }),
  });
};

/** Changes what the person saw; a customer that somebody changed meanwhile is refused and read again. */
export const useChangeCustomer = ({ id, version }: Customer) => {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: CustomerChange) =>
      api.request({ method: 'PATCH', path: `${customersPath}/${id}`, body, version }, Customer),
    onSuccess: (customer) => queries.setQueryData(customerById(id).queryKey, customer),
    onSettled: () => queries.invalidateQueries({ queryKey: [customersPath] }),
  });
};
