/** Where a value is inside another one. */
export type Path = readonly (string | number)[];

type Json = Record<string, unknown>;

/** The paths of all numbers of an input. */
export const pathsOfNumbers = (value: unknown, path: Path = []): Path[] => {
  if (typeof value === 'number') return [path];
  if (Array.isArray(value)) return value.flatMap((inner, index) => pathsOfNumbers(inner, [...path, index]));
  return typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([name, inner]) => pathsOfNumbers(inner, [...path, name]))
    : [];
};

/** All numbers of a result, wherever they are. */
export const numbersIn = (value: unknown): number[] => {
  if (typeof value === 'number') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : [];
};

/** The same with another value at that path. */
export const replacedAt = (value: unknown, path: Path, by: unknown): unknown => {
  const [first, ...rest] = path;
  if (first === undefined) return by;
  const copy: unknown = Array.isArray(value) ? [...(value as unknown[])] : { ...(value as Json) };
  (copy as Record<string | number, unknown>)[first] = replacedAt((value as Json)[first], rest, by);
  return copy;
};
