import { readFileSync } from 'node:fs';
import { buildSchema, graphql, type ExecutionResult } from 'graphql';
import type { Call, Field } from './call.ts';
import { clientFields } from './client-fields.ts';
import { contractFields } from './contract-fields.ts';
import { invoiceFields } from './invoice-fields.ts';
import type { OperationFaults } from './operation-faults.ts';
import type { Quirks } from './quirks.ts';
import { readFields } from './read-fields.ts';
import { refusal, SuperOpsError } from './superops-error.ts';
import { ticketFields } from './ticket-fields.ts';

export const schemaText = readFileSync(new URL('schema.graphql', import.meta.url), 'utf8');

// Declared a number and shown as a text: an Int would turn "98" into 98.
const schema = buildSchema(schemaText.replace('totalCount: Int', 'totalCount: JSON'));

export const fields: Readonly<Record<string, Field>> = {
  ...readFields,
  ...clientFields,
  ...ticketFields,
  ...contractFields,
  ...invoiceFields,
};

const allowed =
  (name: string, field: Field): Field =>
  (args, call) => {
    const { subscription } = call.account;
    if (subscription !== 'active') throw refusal(`subscription_${subscription}`);
    if (call.user.forbidden.includes(name)) throw refusal('forbidden');
    return field(args, call);
  };

/** What Query and Mutation are resolved by. */
export const rootOf = (faults: OperationFaults): Record<string, Field> =>
  Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, allowed(name, faults.around(name, field))]));

export type Request = { query: string; variables?: Record<string, unknown> | null | undefined };

/** The schema refuses what it does not know before anything of it is done. */
export const execute = async (root: Record<string, Field>, { query, variables }: Request, call: Call) =>
  answered(
    await graphql({ schema, source: query, rootValue: root, contextValue: call, variableValues: variables ?? {} }),
    call.quirks,
  );

const wordsOf = ({ code }: { code: string }) => `The request was refused: ${code}`;

/** As the vendor words what was done and what was refused. */
export const answered = ({ data, errors }: ExecutionResult, quirks: Quirks) => {
  if (!errors) return { data };
  const clientErrors = errors.map((error) => {
    const refused = error instanceof SuperOpsError ? error : error.originalError;
    return refused instanceof SuperOpsError ? refused.clientErrors : [];
  });
  const shown = errors.map(({ message, path, extensions }, index) => {
    const [own] = clientErrors[index] ?? [];
    if (!own) return { message, extensions: { classification: 'ValidationError' } };
    return {
      message: quirks.messages === 'null' ? null : wordsOf(own),
      path,
      ...(quirks.clientErrorIn === 'error' && { extensions }),
    };
  });
  const top = quirks.clientErrorIn === 'top' && clientErrors.some((known) => known.length > 0);
  return { data: data ?? null, errors: shown, ...(top && { extensions: { clientError: clientErrors.flat() } }) };
};
