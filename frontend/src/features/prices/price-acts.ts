import { ProrationSetting, type NewProration } from '@legendops/billing/proration/contract';
import { PriceRule, type NewPriceRule } from '@legendops/billing/price-rule/contract';
import type { ActKind } from '../../lib/act/perform-act.ts';
import { useAct } from '../../lib/act/use-act.ts';
import { refresh } from '../../lib/cache.ts';
import { prorationPath } from '../../lib/queries/proration.ts';
import { priceRules, priceRulesPath } from '../../lib/queries/price-rules.ts';
import { queryClient } from '../../lib/query-client.ts';

const addPriceRule: ActKind<NewPriceRule, PriceRule> = {
  request: (body) => ({ method: 'POST', path: priceRulesPath, body }),
  answer: PriceRule,
  done: () => void refresh(priceRulesPath),
  refused: () => void refresh(priceRulesPath),
};

export const useAddPriceRule = () => useAct(addPriceRule);

const removePriceRule: ActKind<PriceRule, void> = {
  request: ({ id, version }) => ({ method: 'DELETE', path: `${priceRulesPath}/${id}`, version }),
  answer: null,
  done: (_, { id }) => {
    queryClient.setQueryData(priceRules.queryKey, (rules) => rules?.filter((rule) => rule.id !== id));
  },
  refused: () => void refresh(priceRulesPath),
};

export const useRemovePriceRule = () => useAct(removePriceRule);

const endPriceRule: ActKind<{ rule: PriceRule; validTo: string }, PriceRule> = {
  request: ({ rule: { id, version }, validTo }) => ({
    method: 'POST',
    path: `${priceRulesPath}/${id}/end`,
    version,
    body: { validTo },
  }),
  answer: PriceRule,
  done: () => void refresh(priceRulesPath),
  refused: () => void refresh(priceRulesPath),
};

export const useEndPriceRule = () => useAct(endPriceRule);

const changeProration: ActKind<NewProration, ProrationSetting> = {
  request: (body) => ({ method: 'PUT', path: prorationPath, body }),
  answer: ProrationSetting,
  done: () => void refresh(prorationPath),
};

export const useChangeProration = () => useAct(changeProration);
