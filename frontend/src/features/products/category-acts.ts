import { Category, type CategoryChange, type NewCategory } from '@legendops/catalog/category/contract';
import type { ActKind } from '../../lib/act/perform-act.ts';
import { useAct } from '../../lib/act/use-act.ts';
import { refresh } from '../../lib/cache.ts';
import { catalogPath, categoriesPath } from '../../lib/queries/catalog.ts';

const readAgain = () => void Promise.all([refresh(categoriesPath), refresh(catalogPath)]);

const addCategory: ActKind<NewCategory, Category> = {
  request: (body) => ({ method: 'POST', path: categoriesPath, body }),
  answer: Category,
  done: readAgain,
};
export const useAddCategory = () => useAct(addCategory);

interface SeenCategory {
  category: Category;
  change: CategoryChange;
}

const changeCategory: ActKind<SeenCategory, Category> = {
  request: ({ category: { id, version }, change: body }) => ({
    method: 'PATCH',
    path: `${categoriesPath}/${id}`,
    body,
    version,
  }),
  answer: Category,
  done: readAgain,
  refused: readAgain,
};
export const useChangeCategory = () => useAct(changeCategory);

const removeCategory: ActKind<Category, void> = {
  request: ({ id, version }) => ({ method: 'DELETE', path: `${categoriesPath}/${id}`, version }),
  answer: null,
  done: readAgain,
  refused: readAgain,
};
export const useRemoveCategory = () => useAct(removeCategory);
