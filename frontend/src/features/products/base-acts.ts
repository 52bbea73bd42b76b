import { Takings, type NewTakings } from '@legendops/catalog/base-catalog/contract';
import { Product, type BaseField } from '@legendops/catalog/contract';
import type { ActKind } from '../../lib/act/perform-act.ts';
import { useAct } from '../../lib/act/use-act.ts';
import { putRow, refresh } from '../../lib/cache.ts';
import { baseMatchOf, baseProductsPath, catalogPath, productById } from '../../lib/queries/catalog.ts';
import { queryClient } from '../../lib/query-client.ts';

const readAgain = () => void Promise.all([refresh(catalogPath), refresh(baseProductsPath)]);

const take: ActKind<NewTakings, Takings> = {
  request: (body) => ({ method: 'POST', path: `${baseProductsPath}/takings`, body }),
  answer: Takings,
  done: readAgain,
  refused: readAgain,
};
export const useTake = () => useAct(take);

const changed = (product: Product): void => {
  queryClient.setQueryData(productById(product.id).queryKey, product);
  putRow(catalogPath, product);
  for (const queryKey of [[catalogPath, 'facets'], baseMatchOf(product.id).queryKey])
    void queryClient.invalidateQueries({ queryKey });
  void refresh(baseProductsPath);
};

const readProductAgain = ({ product: { id } }: { product: Product }): void =>
  void queryClient.invalidateQueries({ queryKey: [catalogPath, id] });

const adopt: ActKind<{ product: Product; key: string }, Product> = {
  request: ({ product: { id, version }, key }) => ({
    method: 'PUT',
    path: `${catalogPath}/${id}/base`,
    body: { key },
    version,
  }),
  answer: Product,
  done: changed,
  refused: readProductAgain,
};
export const useAdopt = () => useAct(adopt);

const letGo: ActKind<{ product: Product }, Product> = {
  request: ({ product: { id, version } }) => ({ method: 'DELETE', path: `${catalogPath}/${id}/base`, version }),
  answer: Product,
  done: changed,
  refused: readProductAgain,
};
export const useLetGo = () => useAct(letGo);

const takeBack: ActKind<{ product: Product; field: BaseField }, Product> = {
  request: ({ product: { id, version }, field }) => ({
    method: 'DELETE',
    path: `${catalogPath}/${id}/own-fields/${field}`,
    version,
  }),
  answer: Product,
  done: changed,
  refused: readProductAgain,
};
export const useTakeBack = () => useAct(takeBack);
