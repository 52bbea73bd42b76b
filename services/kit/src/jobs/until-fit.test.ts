import { expect, test } from 'vitest';
import { SchemaUnfit } from '../db/schema-version.ts';
import { createLogger } from '../log/logger.ts';
import { untilFit } from './until-fit.ts';

const linesOf = async (failures: readonly unknown[]): Promise<{ level: string; msg: string }[]> => {
  const lines: string[] = [];
  const log = createLogger({ service: 'test', level: 'info', destination: { write: (line) => void lines.push(line) } });
  const left = [...failures];
  await untilFit(
    async () => {
      const next = left.shift();
      if (next !== undefined) throw next;
    },
    { log, everyMs: 0 },
  );
  return lines.map((line) => JSON.parse(line) as { level: string; msg: string });
};

test('nothing is said where all is well', async () => {
  expect(await linesOf([])).toEqual([]);
});

test('every new reason is one line, however often it comes again', async () => {
  const refused = Object.assign(new AggregateError([], ''), { code: 'ECONNREFUSED' });
  const lost = new Error('There is no connection to the database', { cause: refused });
  const unfit = new SchemaUnfit('portal_db lacks own/0001_portal');
  const lines = await linesOf([refused, refused, lost, unfit, unfit, refused]);
  expect(lines.map(({ level, msg }) => `${level} ${msg}`)).toEqual([
    'error not ready: ECONNREFUSED',
    'error not ready: There is no connection to the database: ECONNREFUSED',
    'error not ready: portal_db lacks own/0001_portal',
    'error not ready: ECONNREFUSED',
  ]);
});
