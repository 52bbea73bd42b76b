import { z } from 'zod';
import { selectionOf } from './selection.ts';

/** One field of the vendor's Query or Mutation, and what is read of its answer. */
export interface Operation<Result> {
  field: string;
  /** The document that is sent; one text each, whatever is asked with it. */
  document: string;
  isWrite: boolean;
  result: z.ZodType<Result>;
}

interface Declared<Result> {
  field: string;
  /** The type of its one argument; absent where it has none. */
  input?: string;
  result: z.ZodType<Result>;
}

const documentOf = (word: 'query' | 'mutation', field: string, input: string | undefined, selection: string): string =>
  input === undefined
    ? `${word} { ${field} ${selection} }`
    : `${word} ($input: ${input}) { ${field}(input: $input) ${selection} }`;

const declared =
  (word: 'query' | 'mutation') =>
  <Result>({ field, input, result }: Declared<Result>): Operation<Result> => ({
    field,
    document: documentOf(word, field, input, selectionOf(result)),
    isWrite: word === 'mutation',
    result,
  });

export const query = declared('query');
export const mutation = declared('mutation');

/** A list without pages whose rows are left as they come. */
export const asGiven = <Row>(operation: Operation<Row[]>): Operation<unknown[]> => ({
  ...operation,
  result: z.array(z.unknown()),
});

const ListInfo = z.object({ hasMore: z.boolean() });

export interface ListOperation<Row> {
  /** With rows as they come: one that cannot be read is held alone. */
  page: Operation<{ rows: unknown[]; hasMore: boolean }>;
  row: z.ZodType<Row>;
}

/** A list in pages, whose rows stand under a name that differs from list to list. */
export const list = <Row>({
  field,
  input,
  rows,
  row,
}: Omit<Declared<never>, 'result'> & { rows: string; row: z.ZodType<Row> }): ListOperation<Row> => ({
  row,
  page: {
    field,
    isWrite: false,
    document: documentOf('query', field, input, `{ ${rows} ${selectionOf(row)} listInfo ${selectionOf(ListInfo)} }`),
    result: z.looseObject({ [rows]: z.array(z.unknown()), listInfo: ListInfo }).transform((answer) => ({
      rows: answer[rows] as unknown[],
      hasMore: (answer.listInfo as z.infer<typeof ListInfo>).hasMore,
    })),
  },
});
