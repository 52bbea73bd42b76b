import type { ProductRow } from './product-row.ts';

const longestWord = 64;
const mostWords = 400;

/** The words of a text, without accents and case. */
export const wordsIn = (text: string): string[] =>
  text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .map((word) => word.slice(0, longestWord).toWellFormed());

/** What somebody looks for: beginnings of words, without accents and case. */
export const searchedWords = (search: string): string[] => [...new Set(wordsIn(search))].slice(0, 20);

type Found = Pick<ProductRow, 'sku' | 'name' | 'description' | 'manufacturer' | 'mpn' | 'gtin'>;

// `WS-C2960X` is also looked for as `wsc2960x`.
const joined = (number: string): string => wordsIn(number).join('').slice(0, longestWord).toWellFormed();

/** What a product is found by. */
export const wordsOf = ({ sku, name, description, manufacturer, mpn, gtin }: Found): string[] => {
  const own = [joined(sku), joined(mpn), gtin ?? '', gtin?.replace(/^0+/, '') ?? ''].filter((word) => word !== '');
  const said = wordsIn([sku, mpn, name, manufacturer, description].join(' '));
  return [...new Set([...own, ...said])].slice(0, mostWords);
};
