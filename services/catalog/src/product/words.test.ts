import { describe, expect, it } from 'vitest';
import { searchedWords, wordsOf } from './words.ts';

const product = { sku: 'A-1', name: '', description: '', manufacturer: '', mpn: '', gtin: null };

describe('the words of a product', () => {
  it('are those of its numbers and texts, each once, in small letters and without accents', () => {
    expect(wordsOf({ ...product, name: 'Übertragung, Café; café', manufacturer: 'ÅBC' }).toSorted()).toEqual(
      ['a', 'a1', 'abc', 'cafe', 'ubertragung', '1'].toSorted(),
    );
  });

  it('have a part number also without its dashes, and a GTIN also without the zeros before it', () => {
    expect(wordsOf({ ...product, mpn: 'WS-C2960X-24TS-L', gtin: '04006381333931' })).toEqual(
      expect.arrayContaining(['wsc2960x24tsl', 'ws', 'c2960x', '04006381333931', '4006381333931']),
    );
  });

  it('are of any script', () => {
    expect(wordsOf({ ...product, name: 'Коммутатор 交換機' })).toEqual(
      expect.arrayContaining(['коммутатор', '交換機']),
    );
  });

  it('are bounded, and whole characters', () => {
    const long = `${'x'.repeat(63)}😀`;
    for (const word of wordsOf({ ...product, name: long, description: '9 '.repeat(2000) })) {
      expect(word.length).toBeLessThanOrEqual(64);
      expect(word.isWellFormed()).toBe(true);
    }
    const many = Array.from({ length: 1000 }, (_, index) => `w${index}`).join(' ');
    expect(wordsOf({ ...product, description: many })).toHaveLength(400);
  });
});

it('a search of signs alone looks for nothing', () => {
  expect(searchedWords(' %_\\ – ')).toEqual([]);
  expect(searchedWords('Cisco  cisco 24-port')).toEqual(['cisco', '24', 'port']);
});
