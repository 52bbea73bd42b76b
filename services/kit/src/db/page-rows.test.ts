import { expect, it } from 'vitest';
import { maximumPageSize } from '../contract/page.ts';
import { pageRows } from './page-rows.ts';

it('asks for one row more than a page has, with few texts', () => {
  const texts = new Set<string>();
  for (let limit = 1; limit <= maximumPageSize; limit += 1) {
    const { text, values } = pageRows(limit);
    expect(Number(/^limit (\d+)$/.exec(text)?.[1])).toBeGreaterThan(limit);
    expect(values).toEqual([]);
    texts.add(text);
  }
  expect(texts.size).toBe(4);
});
