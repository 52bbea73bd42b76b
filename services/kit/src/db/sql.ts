import { createHash } from 'node:crypto';

/** What a parameter may be; everything is turned into text, bytes or null before anything is sent. */
export type SqlValue = string | number | bigint | boolean | null | undefined | Date | Uint8Array | readonly string[];

/** A statement: constant text, parameters beside it, a name by which the server keeps it prepared. */
export interface Sql<Row = unknown> {
  readonly text: string;
  readonly values: readonly (string | Buffer | null)[];
  readonly name: string;
  /** Never set; carries the row's type. */
  readonly row?: Row;
}

const names = new Map<string, string>();
const nameOf = (text: string): string => {
  const known = names.get(text);
  if (known) return known;
  // 63 bytes is the limit of a name; a hash of the text can never stand for another text on the same connection.
  const name = createHash('sha256').update(text).digest('base64url');
  names.set(text, name);
  return name;
};

const arrayElement = (value: string): string => `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;

// A value that pg would fail to serialise in mid-pipeline would leave the rest of the pipeline to commit: so it fails here.
const serialise = (value: SqlValue): string | Buffer | null => {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return value;
  if (typeof value === 'bigint' || typeof value === 'boolean') return value.toString();
  if (typeof value === 'number') {
    if (Number.isFinite(value)) return value.toString();
    throw new TypeError('A number that is not finite cannot be a parameter');
  }
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value);
  if (Array.isArray(value)) return `{${value.map(arrayElement).join(',')}}`;
  throw new TypeError('A parameter must be a string, number, bigint, boolean, Date, bytes, list of strings or null');
};

const isSql = (value: unknown): value is Sql =>
  typeof value === 'object' && value !== null && 'text' in value && 'name' in value;

/** Texts of templates without nested fragments, by the template itself: the text of one place never changes. */
const plainTexts = new WeakMap<TemplateStringsArray, string>();

interface Composed {
  text: string;
  name: string;
}

/** Texts of templates with fragments, by the template and the texts of its fragments: there are as many as choices. */
const composedTexts = new WeakMap<TemplateStringsArray, Map<string, Composed>>();

const textsOf = (strings: TemplateStringsArray): Map<string, Composed> => {
  const known = composedTexts.get(strings);
  if (known) return known;
  const created = new Map<string, Composed>();
  composedTexts.set(strings, created);
  return created;
};

const compose = (strings: TemplateStringsArray, parts: readonly (SqlValue | Sql)[]): Sql => {
  const values: (string | Buffer | null)[] = [];
  let key = '';
  for (const part of parts) {
    if (isSql(part)) {
      key += `${part.name}\n`;
      values.push(...part.values);
    } else {
      key += '$\n';
      values.push(serialise(part));
    }
  }
  const texts = textsOf(strings);
  let composed = texts.get(key);
  if (!composed) {
    const text = composedText(strings, parts);
    composed = { text, name: nameOf(text) };
    texts.set(key, composed);
  }
  return { text: composed.text, values, name: composed.name };
};

const composedText = (strings: TemplateStringsArray, parts: readonly (SqlValue | Sql)[]): string => {
  let before = 0;
  let text = strings[0] ?? '';
  parts.forEach((part, index) => {
    if (isSql(part)) {
      const offset = before;
      text += part.text.replaceAll(/\$(\d+)/g, (_, number: string) => `$${Number(number) + offset}`);
      before += part.values.length;
    } else {
      before += 1;
      text += `$${before}`;
    }
    text += strings[index + 1] ?? '';
  });
  return text;
};

/** sql`select … where id = ${id}`: values become parameters, other sql`` fragments become part of the text. */
export const sql = <Row = unknown>(strings: TemplateStringsArray, ...parts: readonly (SqlValue | Sql)[]): Sql<Row> => {
  if (parts.some(isSql)) return compose(strings, parts) as Sql<Row>;
  const values = (parts as readonly SqlValue[]).map(serialise);
  const known = plainTexts.get(strings);
  if (known !== undefined) return { text: known, values, name: nameOf(known) };
  const text = strings.reduce((before, part, index) => `${before}$${index}${part}`);
  plainTexts.set(strings, text);
  return { text, values, name: nameOf(text) };
};

/** A JSON parameter; bigint has no JSON form and is refused by JSON.stringify before anything is sent. */
export const jsonValue = (value: unknown): string => JSON.stringify(value);
