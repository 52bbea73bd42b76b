import { Id } from '@legendops/kit/contract/values';
import { z } from 'zod';
import { Lifecycle } from '../contract.ts';

/**
 * `requires`: the one does not work without the other. `compatible`: they go together. `replaces`: the one came after the
 * other. `bundles`: the one is made of the other.
 */
export const RelationKind = z.enum(['requires', 'compatible', 'replaces', 'bundles']).meta({ id: 'RelationKind' });

const OtherProduct = z.object({ id: Id, sku: z.string(), name: z.string(), lifecycle: Lifecycle });

export const Relation = z
  .object({
    id: Id,
    kind: RelationKind,
    /** `to`: this product requires, replaces, bundles the other; `from`: it is the other way round. */
    direction: z.enum(['to', 'from']),
    quantity: z.number().int(),
    product: OtherProduct,
  })
  .meta({ id: 'Relation' });

/** What one product has to do with others. */
export const ProductRelations = z
  .object({
    data: z.array(Relation),
    /** All that it requires, with what that requires in turn; how many of each. */
    required: z.array(z.object({ product: OtherProduct, quantity: z.number().int() })),
    /** The newest product in its place, where it is replaced at all. */
    newest: OtherProduct.nullable(),
  })
  .meta({ id: 'ProductRelations' });

export const NewRelation = z
  .strictObject({ kind: RelationKind, productId: Id, quantity: z.number().int().min(1).max(10_000).default(1) })
  .meta({ id: 'NewRelation' });

export type RelationKind = z.infer<typeof RelationKind>;
export type Relation = z.infer<typeof Relation>;
export type ProductRelations = z.infer<typeof ProductRelations>;
export type NewRelation = z.infer<typeof NewRelation>;
