/**
 * JSON whose numbers arrive as their source text: 86.456 stays 86.456, where a double would lose digits of large ones.
 * Node 24 gives a reviver the source text of a primitive.
 */
export const parseExactJson = (text: string): unknown =>
  JSON.parse(text, ((_key: string, value: unknown, context?: { source?: string }) =>
    typeof value === 'number' ? context?.source : value) as (key: string, value: unknown) => unknown);
