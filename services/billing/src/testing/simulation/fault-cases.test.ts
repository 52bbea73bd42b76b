import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const root = new URL('../../../../../', import.meta.url);
/** From the root where it says so, else from billing's sources. */
const textOf = (file: string): string =>
  readFileSync(new URL(file.startsWith('services/') ? file : `services/billing/src/${file}`, root), 'utf8');

/** The cases of the table: an id, and for each test its file and words of its title. */
const cases = [
  ...readFileSync(new URL('README.md', import.meta.url), 'utf8').matchAll(/^\| (M-\d\d) \| (.*) \|$/gm),
].map(([, id = '', tests = '']) => ({
  id,
  tests: [...tests.matchAll(/`([^`]+)`: (.+?)(?=<br>|$)/g)].map(([, file = '', title = '']) => ({ file, title })),
}));

it('every fault of money has its row', () => {
  expect(cases.map(({ id }) => id)).toEqual(
    Array.from({ length: 30 }, (_, n) => `M-${String(n + 1).padStart(2, '0')}`),
  );
});

it.each(cases)('$id is tried by the tests of its row', ({ tests }) => {
  expect(tests.length).toBeGreaterThan(0);
  for (const { file, title } of tests) expect([file, textOf(file).includes(title)]).toEqual([file, true]);
});
