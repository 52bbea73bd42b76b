/** As much of JSON Schema as calculators describe their inputs and outputs with. */
export interface Schema {
  type?: string;
  description?: string;
  /** Of the figure, `''` or `1` where it has none. */
  unit?: string;
  default?: unknown;
  enum?: readonly (string | number)[];
  const?: string | number;
  properties?: Readonly<Record<string, Schema>>;
  required?: readonly string[];
  items?: Schema;
  /** A group that is seldom needed: closed until it is opened, or has something in it. */
  folded?: true;
}

export const fieldsOf = ({ properties = {} }: Schema): [name: string, schema: Schema][] => Object.entries(properties);

export const choicesOf = ({ enum: choices, const: only }: Schema): readonly (string | number)[] | undefined =>
  choices ?? (only === undefined ? undefined : [only]);

const unitOf = ({ unit = '' }: Schema): string => (unit === '' || unit === '1' ? '' : ` (${unit})`);

/** What a field is called: what it means, with its unit. */
export const labelOf = (name: string, schema: Schema): string => `${schema.description ?? name}${unitOf(schema)}`;

/** What is taken where nothing is said; undefined where something has to be said, or nothing is taken. */
export const usualOf = ({ default: usual }: Schema): string | undefined => {
  if (typeof usual === 'string') return usual;
  return typeof usual === 'number' || typeof usual === 'boolean' ? String(usual) : undefined;
};

const textOf = (value: unknown): string | undefined => {
  if (value === null || value === undefined) return undefined;
  if (Array.isArray(value)) return value.length === 0 ? undefined : value.join(' ');
  if (typeof value === 'number' || typeof value === 'boolean') return value.toString();
  return typeof value === 'string' ? value : '';
};

/** What was said before at a path (`copper.cordAwg`), as a field shows it; undefined where nothing was. */
export const saidOf = (said: unknown, path: string): string | undefined =>
  textOf(
    path
      .split('.')
      .reduce<unknown>(
        (value, name) =>
          typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined,
        said,
      ),
  );

const numberIn = (text: string): string | number => {
  const plain = text.replace(',', '.');
  // What is no number is sent as it is: the service says so, by field.
  return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(plain) ? Number(plain) : text;
};

const listIn = (text: string): (string | number)[] => text.split(/[\s;]+/).map(numberIn);

type Given = (name: string) => string | undefined;

const valueIn = (schema: Schema, text: string): unknown => {
  const choices = choicesOf(schema);
  if (choices !== undefined) return choices.find((choice) => String(choice) === text) ?? text;
  if (schema.type === 'array') return listIn(text);
  return schema.type === 'string' ? text : numberIn(text);
};

/** How many rows of a list of things a form has. */
export type Rows = Readonly<Record<string, number>>;

/**
 * The input that a form says, by the schema that it was made of; its fields are named by their path (`cables.0.count`). What is
 * left empty is not mentioned.
 */
export const readInput = (schema: Schema, given: Given, rows: Rows, path = ''): Record<string, unknown> => {
  const input: Record<string, unknown> = {};
  for (const [name, field] of fieldsOf(schema)) {
    const at = `${path}${name}`;
    if (field.type === 'object') {
      const inner = readInput(field, given, rows, `${at}.`);
      if (Object.keys(inner).length > 0 || schema.required?.includes(name) === true) input[name] = inner;
    } else if (field.type === 'array' && field.items?.type === 'object') {
      const { items } = field;
      input[name] = Array.from({ length: rows[at] ?? 1 }, (_, index) =>
        readInput(items, given, rows, `${at}.${index}.`),
      );
    } else if (field.type === 'boolean') {
      input[name] = given(at) !== undefined;
    } else {
      const text = given(at)?.trim() ?? '';
      if (text !== '') input[name] = valueIn(field, text);
    }
  }
  return input;
};
