import pg from 'pg';
import { expect, it } from 'vitest';
import { collectingLog } from '../testing/sample-api.ts';

const duplicate = (): Error =>
  Object.assign(new pg.DatabaseError('duplicate key value violates unique constraint "customers_name"', 0, 'error'), {
    code: '23505',
    detail: 'Key (name)=(Secret Customer) already exists.',
    where: 'COPY customers, line 1: "Secret Customer"',
    table: 'customers',
    constraint: 'customers_name',
  });
const logged = (err: unknown): string => {
  const lines: string[] = [];
  collectingLog(lines).error({ err }, 'failed');
  return lines.join('');
};

it.each<[string, () => unknown]>([
  ['an error of PostgreSQL', duplicate],
  ['one that caused another', () => new Error('The import failed', { cause: duplicate() })],
  ['one of several', () => new AggregateError([new Error('first'), duplicate()], 'Two failed')],
])('says of %s what is wrong where, and nothing of the row', (_title, error) => {
  const line = logged(error());
  expect(line).toContain('customers_name');
  expect(line).not.toContain('Secret Customer');
});

it('keeps what names the place of an error', () => {
  expect(JSON.parse(logged(duplicate())).err).toMatchObject({
    code: '23505',
    table: 'customers',
    constraint: 'customers_name',
    detail: '[redacted]',
  });
});
