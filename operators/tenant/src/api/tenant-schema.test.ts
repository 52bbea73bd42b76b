import { expect, test } from 'vitest';
import { tenantSchema } from './tenant-schema.ts';

interface Described {
  description?: string;
  properties?: Record<string, Described>;
  items?: Described;
}

const fieldsOf = ({ properties = {}, items }: Described, path = ''): [path: string, field: Described][] => [
  ...Object.entries(properties).flatMap<[string, Described]>(([name, field]) => [
    [`${path}.${name}`, field],
    ...fieldsOf(field, `${path}.${name}`),
  ]),
  ...(items ? fieldsOf(items, `${path}[]`) : []),
];

test('kubectl explain says of every field what it means', () => {
  const { spec, status } = (tenantSchema as Described).properties ?? {};
  const fields = fieldsOf({ properties: { spec: spec ?? {}, status: status ?? {} } });
  expect(fields.length).toBeGreaterThan(40);
  expect(fields.flatMap(([path, { description = '' }]) => (description === '' ? [path] : []))).toEqual([]);
});
