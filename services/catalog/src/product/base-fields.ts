import { BaseField, type NewProduct } from '../contract.ts';
import { contentOf, type ProductRow } from './product-row.ts';

/** What a product of the base catalog says. */
export type BaseContent = Pick<NewProduct, BaseField>;

/** What is its own after a change: whatever somebody makes different once is, until it is taken back. */
export const ownFieldsAfter = (before: ProductRow, after: NewProduct): BaseField[] => {
  if (before.base_key === null) return [];
  const was = contentOf(before);
  return BaseField.options.filter((field) => before.own_fields.includes(field) || was[field] !== after[field]);
};

/** The product as it is when every field but its own ones says what the base does. */
export const following = (product: NewProduct, ownFields: readonly BaseField[], base: BaseContent): NewProduct => ({
  ...product,
  ...Object.fromEntries(
    BaseField.options.filter((field) => !ownFields.includes(field)).map((field) => [field, base[field]]),
  ),
});
