import { lineOfText } from '@legendops/kit/contract/line-of-text';
import { Id, Version } from '@legendops/kit/contract/values';
import { z } from 'zod';

export const Category = z
  .object({ id: Id, parentId: Id.nullable(), name: z.string(), version: Version })
  .meta({ id: 'Category' });

/** The whole tree, by name: a parent may stand behind its children. */
export const CategoryTree = z.object({ data: z.array(Category) }).meta({ id: 'CategoryTree' });

// `>` parts the names of a path, in imports and exports.
const Name = lineOfText(128).refine((name) => !name.includes('>'), 'A name of a category holds no sign >');

export const NewCategory = z
  .strictObject({ name: Name, parentId: Id.nullable().default(null) })
  .meta({ id: 'NewCategory' });

export const CategoryChange = z
  .strictObject({ name: Name, parentId: Id.nullable() })
  .partial()
  .meta({ id: 'CategoryChange' });

export type Category = z.infer<typeof Category>;
export type NewCategory = z.infer<typeof NewCategory>;
export type CategoryChange = z.infer<typeof CategoryChange>;
