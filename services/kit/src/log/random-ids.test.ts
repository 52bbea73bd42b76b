import { expect, it } from 'vitest';
import { z } from 'zod';
import { randomHex, randomId } from './random-ids.ts';

it('never gives the same bytes twice, also when its store is used up and filled again', () => {
  const many = Array.from({ length: 2_000 }, () => randomHex(16));
  expect(new Set(many).size).toBe(2_000);
  expect(many.every((one) => /^[0-9a-f]{32}$/.test(one))).toBe(true);
});

it('makes ids that are UUIDs of version 4', () => {
  for (let n = 0; n < 1_000; n += 1) expect(z.uuidv4().safeParse(randomId()).success).toBe(true);
});
