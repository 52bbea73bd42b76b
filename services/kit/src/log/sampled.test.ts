import { expect, it } from 'vitest';
import { sampled } from './sampled.ts';

it('writes five lines of a kind in a minute, and with the next one how many there were besides', () => {
  let now = 0;
  const sample = sampled(() => now);
  const written = Array.from({ length: 100 }, () => sample('token.invalid')).filter((one) => one !== undefined);
  expect(written).toEqual(Array.from({ length: 5 }, () => ({ unwritten: 0 })));
  expect(sample('route.not-found')).toEqual({ unwritten: 0 });
  now = 60_000;
  expect(sample('token.invalid')).toEqual({ unwritten: 95 });
  expect(sample('token.invalid')).toEqual({ unwritten: 0 });
});
