import { Takings, type NewTakings } from '@legendops/catalog/base-catalog/contract';
import { Product, type BaseField } from '@legendops/catalog/contract';
import type { ActKind } from '../../lib/act/perform-act.ts';
import { useAct } from '../../lib/act/use-act.ts';
import { putRow, refresh } from '../../lib/cache.ts';
import { baseProductsPath, catalogPath, productById } from '../../lib/queries/catalog.ts';
import { queryClient } from '../../lib/query-client.ts';

const readAgain = () => void Promise.all([refresh(catalogPath), refresh(baseProductsPath)]);

const take: ActKind<NewTakings, Takings> = {
  request: (body) => ({ method: 'POST', path: `${baseProductsPath}/takings`, body }),
  answer: Takings,
  done: readAgain,
  refused: readAgain,
};
export const useTake = () => useAct(take);

const takeBack: ActKind<{ product: Product; field: BaseField }, Product> = {
  request: ({ product: { id, version }, field }) => ({
    method: 'DELETE',
    path: `${catalogPath}/${id}/own-fields/${field}`,
    version,
  }),
  answer: Product,
  done: (product) => {
    queryClient.setQueryData(productById(product.id).queryKey, product);
    putRow(catalogPath, product);
    void queryClient.invalidateQueries({ queryKey: [catalogPath, 'facets'] });
  },
  refused: ({ product: { id } }) => void queryClient.invalidateQueries({ queryKey: [catalogPath, id] }),
};
export const useTakeBack = () => useAct(takeBack);
