import { DatabaseUnavailable, OutcomeUnknown } from '@legendops/kit/db/database-error';
import type { Sql } from '@legendops/kit/db/sql';
import type { TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';
import type { Operation } from './scheduler.ts';

/** A statement as another program would send it; the same where that one has no quarrel with it. */
export type Mutant = (statement: Sql) => Sql;

const firstWords = ({ text }: Sql): string => text.trim().split(/\s+/).slice(0, 4).join(' ');

/** A job's database each of whose transactions is one operation of its process; `seen` hears of what was committed. */
export const watchedDatabase = (
  database: TenantDatabase,
  {
    operation,
    seen,
    mutant = (statement) => statement,
  }: { operation: Operation; seen: (texts: readonly string[]) => void; mutant?: Mutant | undefined },
): TenantDatabase => {
  const away = () => new DatabaseUnavailable('There is no connection to the database');
  const mutated = <Row>(statement: Sql<Row>): Sql<Row> => mutant(statement) as Sql<Row>;
  return {
    read: (scope, statement) =>
      operation(`read ${firstWords(statement)}`, () => database.read(scope, mutated(statement)), away),
    readAll: (scope, statements) =>
      operation('read all', () => database.readAll(scope, statements.map((one) => mutated(one)) as never), away),
    write: (scope, work) =>
      operation(
        'write',
        async () => {
          const texts: string[] = [];
          const noted = <Row>(statement: Sql<Row>): Sql<Row> => {
            texts.push(statement.text);
            return mutated(statement);
          };
          const result = await database.write(scope, (transaction) => {
            const watched: Transaction = {
              rows: (statement) => transaction.rows(noted(statement)),
              row: (statement) => transaction.row(noted(statement)),
              one: (statement) => transaction.one(noted(statement)),
              change: (statement) => transaction.change(noted(statement)),
            };
            return work(watched);
          });
          seen(texts);
          return result;
        },
        () => new OutcomeUnknown('The connection was lost while the transaction was committing'),
      ),
  };
};
