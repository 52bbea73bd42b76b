import { z } from 'zod';

const inner = (schema: z.ZodType): z.ZodType =>
  schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodNullable
    ? inner(schema.unwrap() as z.ZodType)
    : schema;

const fieldAt = (schema: z.ZodType, [first, ...rest]: readonly PropertyKey[]): z.ZodType | undefined => {
  const here = inner(schema);
  if (first === undefined) return here;
  if (here instanceof z.ZodArray) return fieldAt(here.element as z.ZodType, rest);
  const shape = here instanceof z.ZodObject ? (here.shape as Record<PropertyKey, z.ZodType | undefined>) : {};
  const field = Object.hasOwn(shape, first) ? shape[first] : undefined;
  return field && fieldAt(field, rest);
};

/** What a number there may be, in words: `0.1 to 500 mm`. Empty where it is no number. */
export const rangeAt = (schema: z.ZodType, path: readonly PropertyKey[]): string => {
  const field = fieldAt(schema, path);
  if (!(field instanceof z.ZodNumber)) return '';
  const unit = field.meta()?.['unit'];
  const least = field.minValue?.toString() ?? '';
  return `${least} to ${field.maxValue?.toString() ?? ''}${typeof unit === 'string' && unit !== '1' ? ` ${unit}` : ''}`;
};
