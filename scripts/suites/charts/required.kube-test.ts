import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { toolsFolder } from '../../kubernetes/testing/control-plane.ts';
import { chart, render } from './rendered.ts';

interface Schema {
  $ref?: string;
  properties?: Record<string, Schema>;
  required?: string[];
}
type Definitions = Record<string, Schema>;

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Paths that values.yaml has and the schema does without: Helm takes a value out where somebody gives null for it. */
const missingIn = (schema: Schema, definitions: Definitions, value: unknown, path = ''): string[] => {
  if (!isMap(value)) return [];
  const known = schema.$ref === undefined ? schema : (definitions[schema.$ref.split('/').at(-1) ?? ''] ?? {});
  return Object.entries(value).flatMap(([key, inner]) => {
    const property = known.properties?.[key];
    if (property === undefined) return [];
    const own = known.required?.includes(key) === true ? [] : [`${path}/${key}`];
    return [...own, ...missingIn(property, definitions, inner, `${path}/${key}`)];
  });
};

describe('a value that is taken out by null', () => {
  it.each(['legendops', 'legendops-observability', 'legendops-surroundings'])('is missed by %s', (name) => {
    const folder = join(chart, '..', name);
    const values: unknown = parse(readFileSync(join(folder, 'values.yaml'), 'utf8'), { merge: true });
    const text = readFileSync(join(folder, 'values.schema.json'), 'utf8');
    const schema = JSON.parse(text) as Schema & { $defs: Definitions };
    expect(missingIn(schema, schema.$defs, values)).toEqual([]);
    expect(missingIn({ ...schema, required: [] }, schema.$defs, values)).not.toEqual([]);
  });

  it.skipIf(toolsFolder === undefined).each([
    ['network.vault', "at '/network': missing property 'vault'"],
    ['environment', "at '': missing property 'environment'"],
    ['gateway.parentRefs', "at '/gateway': missing property 'parentRefs'"],
  ])('is refused by its path: %s (needs LEGENDOPS_TOOLS)', async (path, said) => {
    const refused = render('prod', '--set', `${path}=null`);
    await expect(refused).rejects.toMatchObject({ stderr: expect.stringContaining(said) });
  });
});
