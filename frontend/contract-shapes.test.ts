import * as auth from '@legendops/auth/contract';
import * as billing from '@legendops/billing/contract';
import * as link from '@legendops/billing/link/contract';
import * as priceRules from '@legendops/billing/price-rule/contract';
import * as proration from '@legendops/billing/proration/contract';
import * as worklist from '@legendops/billing/worklist/contract';
import * as cablingContent from '@legendops/catalog/cabling-content/contract';
import * as cablingDesigns from '@legendops/catalog/cabling-design/contract';
import * as calculators from '@legendops/catalog/calculators/contract';
import * as categories from '@legendops/catalog/category/contract';
import * as catalog from '@legendops/catalog/contract';
import * as priceLists from '@legendops/catalog/price-list/contract';
import * as productImports from '@legendops/catalog/product-import/contract';
import * as relations from '@legendops/catalog/relation/contract';
import * as stencils from '@legendops/catalog/stencil-library/contract';
import * as problem from '@legendops/kit/contract/problem';
import * as portal from '@legendops/portal/contract';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { shapesOf } from './contract-shapes.ts';
import * as words from './src/lib/shape.ts';

interface Parser {
  safeParse(value: unknown): { success: boolean; data?: unknown };
}

/** The written module, run as the browser would. */
const shapesFor = (contract: Record<string, unknown>): Record<string, Parser> => {
  const names = [...shapesOf(contract).matchAll(/^export const (\w+)/gm)].map(([, name]) => name ?? '');
  const body = `${shapesOf(contract).replaceAll(/^export /gm, '')}\nreturn { ${names.join(', ')} };`;
  // oxlint-disable-next-line typescript/no-implied-eval -- what is run is what the build would write into a file
  return new Function(...Object.keys(words), body)(...Object.values(words)) as Record<string, Parser>;
};

const samples: Record<string, unknown> = {
  uuid: '0190e000-0000-7000-8000-000000000001',
  date: '2026-10-01',
  'date-time': '2026-10-01T00:00:00Z',
  uri: 'https://example.test/',
};

/** A value that a schema accepts, with everything that it may have. */
const sampleOf = (schema: z.ZodType): unknown => {
  const root = z.toJSONSchema(schema) as z.core.JSONSchema.JSONSchema;
  const sample = (node: z.core.JSONSchema.JSONSchema): unknown => {
    if (node.$ref !== undefined) return sample(root.$defs?.[node.$ref.replace('#/$defs/', '')] ?? {});
    if (node.anyOf) return sample(node.anyOf[0] as typeof node);
    if (Array.isArray(node.type)) return sample({ ...node, type: node.type[0] ?? 'null' });
    if (node.enum) return node.enum[0];
    if (node.type === 'object' && typeof node.additionalProperties === 'object' && node.properties === undefined)
      return { any: 1 };
    if (node.type === 'object')
      return Object.fromEntries(
        Object.entries(node.properties ?? {}).map(([name, one]) => [name, sample(one as typeof node)]),
      );
    if (node.type === 'array') return [sample(node.items as typeof node)];
    if (node.type === 'integer' || node.type === 'number') return 1;
    if (node.type === 'boolean') return true;
    if (node.format !== undefined) return samples[node.format];
    return ['USD', '12', 'text'].find((text) => new RegExp(node.pattern ?? '').test(text));
  };
  return sample(root);
};

const strange = [undefined, null, 0, 1.5, -1, '', 'x', true, [], {}, [[]], { a: 'b' }];

/** The value with one place of it replaced by each of the strange ones. */
const changed = (value: unknown): unknown[] => {
  const own = strange.filter((one) => one !== value);
  if (typeof value !== 'object' || value === null) return own;
  const inside = Object.entries(value).flatMap(([name, one]) =>
    changed(one).map((other) =>
      Array.isArray(value)
        ? value.map((each, index) => (String(index) === name ? other : each))
        : { ...value, [name]: other },
    ),
  );
  return [...own, ...inside];
};

describe.each([
  ['auth', auth],
  ['billing', billing],
  ['price rules', priceRules],
  ['proration', proration],
  ['the worklist', worklist],
  ['links', link],
  ['cabling contents', cablingContent],
  ['cabling designs', cablingDesigns],
  ['calculators', calculators],
  ['categories', categories],
  ['catalog', catalog],
  ['price lists', priceLists],
  ['imports of products', productImports],
  ['relations of products', relations],
  ['stencils', stencils],
  ['portal', portal],
  ['problem', problem],
])('the answers of %s', (_, contract: Record<string, unknown>) => {
  const shapes = shapesFor(contract);
  const names = Object.keys(shapes);

  it.each(names)('%s takes and refuses what its schema does', (name) => {
    const schema = contract[name] as z.ZodType;
    const sample = sampleOf(schema);
    expect(shapes[name]?.safeParse(sample)).toEqual({ success: true, data: schema.parse(sample) });
    const cases = changed(sample);
    const differing = cases.filter((one) => schema.safeParse(one).success !== shapes[name]?.safeParse(one).success);
    expect(differing).toEqual([]);
  });
});

it('leaves out what is sent: a page that parses a request with it does not build', () => {
  expect(Object.keys(shapesFor(priceRules))).not.toContain('NewPriceRule');
  expect(Object.keys(shapesFor(auth))).not.toContain('NewInvitation');
});

it('lets through what it does not know, as the schemas do', () => {
  const more = { ...(sampleOf(portal.ImportResult) as object), later: 'another version says this' };
  expect(shapesFor(portal)['ImportResult']?.safeParse(more).success).toBe(true);
});

it('knows the values of an enumeration', () => {
  expect(shapesFor(billing)['InvoiceStatus']).toMatchObject({ options: billing.InvoiceStatus.options });
});
