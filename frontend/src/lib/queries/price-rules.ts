import { PriceRules } from '@legendops/billing/price-rule/contract';
import { queryOptions } from '@tanstack/react-query';
import { api } from '../api.ts';

export const priceRulesPath = '/api/billing/v1/price-rules';

export const priceRules = queryOptions({
  queryKey: [priceRulesPath],
  queryFn: async ({ signal }) => (await api.request({ method: 'GET', path: priceRulesPath, signal }, PriceRules)).data,
});
