import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const source = join(import.meta.dirname, '..');
const steps = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.includes('test'))
  .flatMap((name) =>
    [...readFileSync(join(source, name), 'utf8').matchAll(/nextStep:\s*(['`])(.*?)\1,?$/gms)].map(
      ([, , step = '']) => ({
        name,
        step,
      }),
    ),
  );

it('what is done outside of here is no act of ours: its next step says how it leaves the worklist', () => {
  const outside = steps.filter(({ step }) => /\bby hand\b|bill it there|credit the customer/.test(step));
  expect(outside.length).toBeGreaterThan(8);
  expect(outside.filter(({ step }) => !step.includes('“Dismiss”'))).toEqual([]);
});
