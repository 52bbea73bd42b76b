import { constraintOf } from '@legendops/kit/db/database-error';
import { problem } from '@legendops/kit/errors/problem';
import type { ProblemCode } from '@legendops/kit/errors/problem-codes';

const codes: Partial<Record<string, ProblemCode>> = {
  products_sku: 'product.sku-taken',
  products_part: 'product.part-taken',
  products_base: 'base-product.taken',
  products_gtin: 'product.gtin-taken',
  products_category: 'category.not-found',
  relations_from: 'product.in-use',
  relations_to: 'product.in-use',
};

/** What a constraint that a product ran into means to whoever wrote it. */
export const knownRefusal = (error: unknown): never => {
  const code = codes[constraintOf(error) ?? ''];
  throw code === undefined ? error : problem(code);
};
