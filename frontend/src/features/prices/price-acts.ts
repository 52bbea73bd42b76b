import { PriceRule, type NewPriceRule } from '@legendops/billing/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, runOnce } from '../../lib/api.ts';
import { priceRulesPath } from '../../lib/queries/price-rules.ts';

export const useAddPriceRule = () => {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: NewPriceRule) =>
      runOnce('price-rule.add', body, (idempotencyKey) =>
        api.request({ method: 'POST', path: priceRulesPath, body, idempotencyKey }, PriceRule),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: [priceRulesPath] }),
  });
};

export const useRemovePriceRule = () => {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, version }: PriceRule) =>
      api.send({ method: 'DELETE', path: `${priceRulesPath}/${id}`, version }),
    onSettled: () => queries.invalidateQueries({ queryKey: [priceRulesPath] }),
  });
};
