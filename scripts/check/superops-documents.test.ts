import { buildSchema, parse, validate } from 'graphql';
import { expect, it } from 'vitest';
import { superOpsOperations } from '@legendops/portal/superops/asked';
import { schemaText } from '../doubles/superops/execute.ts';

const schema = buildSchema(schemaText);

it.each(superOpsOperations.map(({ field, document }) => [field, document]))(
  'what is asked of SuperOps by %s is what its schema has',
  (_field, document) => {
    expect(validate(schema, parse(document))).toEqual([]);
  },
);

it('and a field that it does not have is found', () => {
  const [first] = superOpsOperations;
  const spoilt = first?.document.replace('accountId', 'accountId createdTime') ?? '';
  expect(validate(schema, parse(spoilt)).map(({ message }) => message)).toEqual([
    'Cannot query field "createdTime" on type "Client".',
  ]);
});
