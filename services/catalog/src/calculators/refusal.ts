/** Why one field of an input cannot be computed with, and what would be right. */
export interface RefusedField {
  /** Path of the field: `cables[0].awg`; empty where the input as a whole is meant. */
  field: string;
  code: string;
  detail: string;
}

/** Thrown by `calculate` where only the calculation itself can see that an input has no answer. */
export class CalculationRefused extends Error {
  override readonly name = 'CalculationRefused';
  readonly refused: readonly RefusedField[];

  constructor(refused: readonly RefusedField[]) {
    super(refused.map(({ field, detail }) => `${field}: ${detail}`).join('; '));
    this.refused = refused;
  }
}

export const refuse = (field: string, code: string, detail: string): never => {
  throw new CalculationRefused([{ field, code, detail }]);
};

type Given = Readonly<Record<string, unknown>>;

/** Exactly one of the named fields; `within` is the path of the object that holds them. */
export const exactlyOne = (given: Given, names: readonly string[], within = ''): void => {
  const [first = '', ...others] = names.filter((name) => given[name] !== undefined);
  const one = `Give exactly one of ${names.join(', ')}`;
  if (others.length > 0)
    throw new CalculationRefused(
      others.map((name) => ({ field: within + name, code: 'given-twice', detail: `${one}; ${first} is there` })),
    );
  if (first === '') refuse(within + (names[0] ?? ''), 'required', one);
};

/** A field that another one makes necessary. */
export const needed = <Value>(value: Value | undefined, field: string, why: string): Value =>
  value ?? refuse(field, 'required', why);
