import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildSchema, getNamedType, isObjectType, type GraphQLField, type GraphQLOutputType } from 'graphql';
import { fields, schemaText } from './execute.ts';
import { superOpsForTest, type ForTest } from './superops-for-test.ts';

// The double against the vendor's schema: every field is there, all that its types have can be asked for, and nothing else.

const schema = buildSchema(schemaText);
const [query, mutation] = [schema.getQueryType(), schema.getMutationType()];
if (!query || !mutation) throw new Error('The schema has neither Query nor Mutation');
const queries = Object.values(query.getFields());

let t: ForTest;
beforeAll(async () => {
  t = await superOpsForTest();
});
afterAll(() => t.superops.close());

/** Everything of a type, as deep as types go without coming again. */
const wholeOf = (type: GraphQLOutputType, above: readonly string[] = []): string => {
  const named = getNamedType(type);
  if (!isObjectType(named)) return '';
  const parts = Object.values(named.getFields()).flatMap((field) => {
    const below = getNamedType(field.type);
    if (!isObjectType(below)) return [field.name];
    if (above.includes(below.name) || below.name === named.name) return [];
    return [`${field.name} ${wholeOf(below, [...above, named.name])}`];
  });
  return `{ ${parts.join(' ')} }`;
};

const identifiers: Record<string, (account: NonNullable<ReturnType<ForTest['superops']['account']>>) => object> = {
  ClientIdentifierInput: ({ clients: [first] }) => ({ accountId: first?.accountId }),
  TicketIdentifierInput: ({ tickets: [first] }) => ({ ticketId: first?.ticketId }),
  AssetIdentifierInput: ({ assets: [first] }) => ({ assetId: first?.assetId }),
  InvoiceIdentifierInput: ({ invoices: [first] }) => ({ invoiceId: first?.invoiceId ?? '1' }),
  ContractIdentifierInput: ({ contracts: [first] }) => ({ contractId: first?.contractId }),
};

const askFor = (field: GraphQLField<unknown, unknown>, selection: string) => {
  const [argument] = field.args;
  if (!argument) return { text: `query { ${field.name} ${selection} }`, variables: {} };
  const account = t.superops.account('northwind');
  const name = getNamedType(argument.type).name;
  const input = account && identifiers[name] ? identifiers[name](account) : {};
  return {
    text: `query ($input: ${String(argument.type)}) { ${field.name}(input: $input) ${selection} }`,
    variables: { input },
  };
};

it('every field of Query and Mutation is answered, and no other', () => {
  expect(Object.keys(fields).toSorted()).toEqual(
    [...queries, ...Object.values(mutation.getFields())].map(({ name }) => name).toSorted(),
  );
});

it.each(queries.filter(({ name }) => name !== 'getInvoice').map((field) => [field.name, field] as const))(
  'all that %s can say is said, and fits its types',
  async (_name, field) => {
    const { text, variables } = askFor(field, wholeOf(field.type));
    const answer = await t.session().ask(text, variables);
    expect(answer.errors).toBeUndefined();
    expect(answer.data[field.name]).toBeDefined();
  },
);

describe('what the schema does not know is refused before anything is done', () => {
  it.each([
    ['a field that the vendor’s own sample selects', '{ getAssetList(input: {}) { assets { lastReportedTime } } }'],
    ['another', '{ getAssetList(input: {}) { assets { deviceCategory } } }'],
    ['and another', '{ getTicketList(input: {}) { tickets { worklogTimespent } } }'],
    ['what others select of a client', '{ getClientList(input: {}) { clients { createdTime } } }'],
    ['a query of other guides', '{ getServiceCatalog { name } }'],
    ['cursors', '{ getClientList(input: { first: 10 }) { edges { node { name } } } }'],
    ['subfields of JSON', '{ getTicketList(input: {}) { tickets { client { name } } } }'],
    [
      'the key of ours that can be written and not read',
      '{ getTicketList(input: {}) { tickets { sourceReferenceId } } }',
    ],
  ])('%s', async (_what, text) => {
    const { data, errors } = await t.session().ask(text);
    expect(data ?? null).toBeNull();
    expect(errors?.[0]?.message).toMatch(/Cannot query field|is not defined|must not have a selection/);
  });
});
