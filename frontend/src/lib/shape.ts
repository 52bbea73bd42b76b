// What stands for the contracts' schemas in the browser: contract-shapes.ts writes them in these words when the portal is
// built. They refuse an answer of another shape as the schemas do, and say nothing of what is wrong with it.

type Check = (value: unknown) => boolean;

/** As much of a schema as the portal uses. */
interface Shape {
  check: Check;
  safeParse(value: unknown): { success: true; data: unknown } | { success: false };
  /** The values of an enumeration. */
  options?: readonly unknown[];
}

const shape = (check: Check, options?: readonly unknown[]): Shape => ({
  check,
  safeParse: (value) => (check(value) ? { success: true, data: value } : { success: false }),
  ...(options && { options }),
});

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const anything = shape(() => true);
export const text = shape((value) => typeof value === 'string');
export const flag = shape((value) => typeof value === 'boolean');
export const number = shape((value) => Number.isFinite(value));
export const integer = shape((value) => Number.isSafeInteger(value));

/** Numbers of versions begin at 1. */
export const positive = shape((value) => Number.isSafeInteger(value) && Number(value) > 0);

export const matching = (pattern: RegExp): Shape => shape((value) => typeof value === 'string' && pattern.test(value));

export const address = shape((value) => typeof value === 'string' && URL.canParse(value));

export const oneOf = (...options: readonly unknown[]): Shape => shape((value) => options.includes(value), options);

export const either = (...shapes: readonly Shape[]): Shape =>
  shape((value) => shapes.some(({ check }) => check(value)));

export const nullable = ({ check }: Shape): Shape => shape((value) => value === null || check(value));

export const listOf = ({ check }: Shape): Shape => shape((value) => Array.isArray(value) && value.every(check));

/** Any names, all their values of one shape. */
export const recordOf = ({ check }: Shape): Shape =>
  shape((value) => isObject(value) && Object.values(value).every(check));

/** Names that it does not know are let through: a service may say more than this page was made for. */
export const object = (
  required: Readonly<Record<string, Shape>>,
  optional: Readonly<Record<string, Shape>> = {},
): Shape => {
  const must = Object.entries(required);
  const may = Object.entries(optional);
  return shape(
    (value) =>
      isObject(value) &&
      must.every(([name, { check }]) => check(value[name])) &&
      may.every(([name, { check }]) => value[name] === undefined || check(value[name])),
  );
};

export const pageOf = (item: Shape): Shape => object({ data: listOf(item), page: object({ next: nullable(text) }) });
