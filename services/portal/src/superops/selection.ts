import { z } from 'zod';

const opaque = new WeakSet<z.ZodType>();

/** What the vendor declares as JSON: read as given here, and selected without subfields. */
export const json = <Of extends z.ZodType>(schema: Of): Of => {
  opaque.add(schema);
  return schema;
};

/**
 * The GraphQL selection that brings exactly what a schema reads: nothing is asked for that nobody reads, and nothing read
 * that was not asked for.
 */
export const selectionOf = (schema: z.ZodType): string => {
  if (opaque.has(schema)) return '';
  if (schema instanceof z.ZodNullable) return selectionOf(schema.unwrap() as z.ZodType);
  if (schema instanceof z.ZodArray) return selectionOf(schema.element as z.ZodType);
  if (!(schema instanceof z.ZodObject)) return '';
  const fields = Object.entries(schema.shape);
  return `{ ${fields.map(([name, of]) => `${name} ${selectionOf(of)}`.trim()).join(' ')} }`;
};
