// jsonb keeps the fields of an object in an order of its own.
const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, inner]) => [name, sorted(inner)]),
  );
};

/** The same text for the same value, in whatever order its fields stand. */
export const canonicalText = (value: unknown): string => JSON.stringify(sorted(value));
