import type { NewProduct } from '../contract.ts';

/** What no two products of a tenant have alike. */
const numbersOf = ({ manufacturer, mpn, gtin }: NewProduct): string[] => [
  ...(mpn === '' ? [] : [`part ${manufacturer}\n${mpn}`.toLowerCase()]),
  ...(gtin === null ? [] : [`gtin ${gtin}`]),
];

interface Moving {
  id: string;
  product: NewProduct;
}

/**
 * Those of the moving products that can have their new numbers, given all products that have one of these numbers now. One that
 * cannot stays with its old ones, which may be what another one was to have: so it goes on until nothing changes.
 */
export const withFreeNumbers = <Of extends Moving>(moving: readonly Of[], present: readonly Moving[]): Of[] => {
  const ids = new Set(moving.map(({ id }) => id));
  const held = new Set(present.filter(({ id }) => !ids.has(id)).flatMap(({ product }) => numbersOf(product)));
  const free = moving.filter(({ product }) => {
    const numbers = numbersOf(product);
    if (numbers.some((number) => held.has(number))) return false;
    for (const number of numbers) held.add(number);
    return true;
  });
  return free.length === moving.length ? free : withFreeNumbers(free, present);
};
