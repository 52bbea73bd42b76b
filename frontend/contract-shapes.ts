import { z } from 'zod';
import type { Plugin } from 'vite';

// Schemas of zod are a quarter of what the first load may weigh. Of the contracts the portal needs only whether an answer
// has their shape: the build puts that in place of each contract, in the words of src/lib/shape.ts.

const contracts =
  /\/services\/(?:(?:portal|billing|auth|catalog)\/src\/(?:[a-z-]+\/)?contract|kit\/src\/contract\/(?:problem|page))\.ts$/;
const words = '/src/lib/shape.ts';

interface Node {
  $ref?: string;
  $defs?: Record<string, Node>;
  type?: string | string[];
  format?: string;
  pattern?: string;
  exclusiveMinimum?: number;
  enum?: unknown[];
  const?: unknown;
  anyOf?: Node[];
  items?: Node;
  properties?: Record<string, Node>;
  required?: string[];
  additionalProperties?: boolean | Node;
}

type Write = (node: Node) => string;

const patterns: Partial<Record<string, RegExp>> = {
  uuid: /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i,
  date: /^\d{4}-\d\d-\d\d$/,
};

const writeText = ({ format = '', pattern }: Node): string => {
  const checked = patterns[format] ?? (pattern === undefined ? undefined : new RegExp(pattern));
  if (format === 'uri') return 'address';
  return checked === undefined ? 'text' : `matching(${checked})`;
};

const writeObject = ({ properties = {}, required = [], additionalProperties }: Node, write: Write): string => {
  // A loose object says of its further properties that they are anything; a record has no others.
  if (typeof additionalProperties === 'object' && Object.keys(properties).length === 0)
    return `recordOf(${write(additionalProperties)})`;
  const fields = (wanted: boolean): string =>
    Object.entries(properties)
      .filter(([name]) => required.includes(name) === wanted)
      .map(([name, field]) => `${JSON.stringify(name)}: ${write(field)}`)
      .join(', ');
  const optional = fields(false);
  return `object({ ${fields(true)} }${optional === '' ? '' : `, { ${optional} }`})`;
};

const writeAny = (choices: readonly Node[], write: Write): string => {
  const values = choices.filter(({ type }) => type !== 'null');
  const [one] = values;
  if (one === undefined) throw new Error(`No word for ${JSON.stringify(choices)}`);
  const written = values.length === 1 ? write(one) : `either(${values.map(write).join(', ')})`;
  return values.length === choices.length ? written : `nullable(${written})`;
};

const writeNode = (node: Node, named: (id: string) => string): string => {
  const write: Write = (inner) => writeNode(inner, named);
  if (node.$ref !== undefined) return named(node.$ref.replace('#/$defs/', ''));
  if (node.anyOf) return writeAny(node.anyOf, write);
  if (node.enum) return `oneOf(${node.enum.map((value) => JSON.stringify(value)).join(', ')})`;
  if (Object.keys(node).every((keyword) => keyword === '$schema')) return 'anything';
  if (node.const !== undefined) return `oneOf(${JSON.stringify(node.const)})`;
  if (Array.isArray(node.type))
    return writeAny(
      node.type.map((type) => ({ ...node, type })),
      write,
    );
  switch (node.type) {
    case 'string':
      return writeText(node);
    case 'integer':
      return node.exclusiveMinimum === 0 ? 'positive' : 'integer';
    case 'number':
      return 'number';
    case 'boolean':
      return 'flag';
    case 'array':
      return `listOf(${write(node.items ?? {})})`;
    case 'object':
      return writeObject(node, write);
    default:
      throw new Error(`No word for ${JSON.stringify(node)}`);
  }
};

// What is sent is checked where it arrives; only an answer has a shape here. Requests are strict, answers are not.
const isAnswer = (value: unknown): value is z.ZodType =>
  value instanceof z.ZodType &&
  !JSON.stringify(z.toJSONSchema(value, { io: 'input' })).includes('"additionalProperties":false');

/** The answers of a contract as a module that stands for it. */
export const shapesOf = (contract: Readonly<Record<string, unknown>>): string => {
  const answers = Object.entries(contract).flatMap(([name, value]) => (isAnswer(value) ? [{ name, value }] : []));
  const nameOf = new Map(answers.map(({ name, value }) => [value.meta()?.id, name]));
  const written = new Map<string, string>();
  const add = (name: string, schema: z.ZodType): void => {
    if (written.has(name)) return;
    const { $defs = {}, ...root } = z.toJSONSchema(schema) as Node;
    const own = schema.meta()?.id;
    const named = (id: string): string => {
      const other = id === own ? undefined : nameOf.get(id);
      const found = answers.find(({ name: answer }) => answer === other);
      // One that the contract does not export is written where it is used.
      if (found === undefined) return writeNode($defs[id] ?? {}, named);
      add(found.name, found.value);
      return found.name;
    };
    const text = writeNode(root, named);
    written.set(name, `export const ${name} = /* @__PURE__ */ ${text};`);
  };
  for (const { name, value } of answers) add(name, value);
  return [...written.values()]
    .join('\n')
    .replaceAll(/\b(matching|oneOf|either|nullable|listOf|recordOf|object)\(/g, '/* @__PURE__ */ $1(');
};

const imported =
  'anything, text, address, flag, number, integer, positive, matching, oneOf, either, nullable, listOf, recordOf, object';

export const contractShapes = (root: string): Plugin => ({
  name: 'contract-shapes',
  enforce: 'pre',
  resolveId(source, importer) {
    if (source === 'zod')
      this.error(`${importer} would bring zod into the browser: only contracts' answers may be used`);
  },
  load: async (id) => {
    const [file = ''] = id.split('?');
    if (!contracts.test(file)) return undefined;
    const from = JSON.stringify(`${root}${words}`);
    if (file.endsWith('/page.ts')) return `export { pageOf } from ${from};`;
    const contract = (await import(file)) as Record<string, unknown>;
    return `import { ${imported} } from ${from};\n${shapesOf(contract)}\n`;
  },
});
