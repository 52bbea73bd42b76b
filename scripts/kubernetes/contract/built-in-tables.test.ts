import * as client from '@kubernetes/client-node';
import { describe, expect, it } from 'vitest';
import { pluralsWithColumns } from '../kinds/built-in-columns.ts';
import { builtInKinds } from '../kinds/built-in-kinds.ts';
import { fieldNumbers } from '../protobuf/field-numbers.ts';
import { atomicMaps, keyDefaults, listRules, quantityMaps } from '../schema/built-in-lists.ts';

const models = client as unknown as Record<string, { attributeTypeMap?: readonly { baseName: string }[] } | undefined>;
const fieldsOf = (model: string): string[] | undefined =>
  models[model]?.attributeTypeMap?.map(({ baseName }) => baseName);

const isThere = (name: string): boolean => {
  const [model = '', field] = name.split('.');
  const fields = fieldsOf(model);
  return fields !== undefined && (field === undefined || fields.includes(field));
};

describe('a table that is looked up by a name holds no name that nothing has:', () => {
  it.each<[string, Iterable<string>]>([
    ['list rules', Object.keys(listRules)],
    ['atomic maps', atomicMaps],
    ['defaults of keys', Object.keys(keyDefaults)],
    ['maps of quantities', quantityMaps],
  ])('%s', (_, names) => {
    expect([...names].filter((name) => !isThere(name))).toEqual([]);
  });

  it('columns', () => {
    const plurals = new Set(builtInKinds().map(({ plural }) => plural));
    expect(pluralsWithColumns.filter((plural) => !plurals.has(plural))).toEqual([]);
  });

  it('numbers of fields', () => {
    const unknown = Object.entries(fieldNumbers).flatMap(([model, pairs]) => {
      const names = pairs.split(' ').map((pair) => pair.slice(pair.indexOf('=') + 1));
      const fields = fieldsOf(model);
      return names
        .filter((name) =>
          name.startsWith('...') ? fieldNumbers[name.slice(3)] === undefined : fields?.includes(name) === false,
        )
        .map((name) => `${model}.${name}`);
    });
    expect(unknown).toEqual([]);
  });
});
