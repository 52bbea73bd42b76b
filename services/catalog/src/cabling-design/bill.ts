import type { DesignContent, Part } from '../cabling-content/contract.ts';
import { labelOf } from '../cabling-content/label.ts';
import { wholeAbove } from '../calculators/rounding.ts';
import type { PriceOfProduct } from '../price-list/bundle-price.ts';
import type { Counted, Ask } from './checks.ts';
import type { Bill, BillLine } from './contract.ts';

/** What a bill has to know of a product. */
export interface BilledProduct {
  id: string;
  sku: string;
  name: string;
  unit: string;
  packSize: number;
}

/** What the catalog says of a design's products on its day. */
export interface CatalogFacts {
  products: ReadonlyMap<string, BilledProduct>;
  priceList: { name: string; currency: string } | null;
  prices: ReadonlyMap<string, PriceOfProduct>;
}

/** What a product is needed for: runs come from one package each, lengths and pieces from as many as it takes. */
interface Need {
  productId: string;
  use: string;
  runsM: number[];
  lengthM: number;
  pieces: number | undefined;
}

const unitsOfLength: readonly [metres: number, names: readonly string[]][] = [
  [1, ['m', 'metre', 'metres', 'meter', 'meters']],
  [1000, ['km', 'kilometre', 'kilometres', 'kilometer', 'kilometers']],
  [0.01, ['cm', 'centimetre', 'centimetres', 'centimeter', 'centimeters']],
  [0.3048, ['ft', 'foot', 'feet']],
];
const metresPerUnit = new Map(unitsOfLength.flatMap(([metres, names]) => names.map((name) => [name, metres])));

const times = (part: Part, { links }: DesignContent, { plugs, modules }: Counted): number | undefined => {
  switch (part.per) {
    case 'link':
      return links.length;
    case 'copper-link':
      return links.filter(({ copper }) => copper !== null).length;
    case 'fibre-link':
      return links.filter(({ fibre }) => fibre !== null).length;
    case 'module':
      return modules;
    case 'plug':
      return plugs;
    default:
      return 1;
  }
};

const partUses: Record<Part['per'], string> = {
  design: 'once',
  link: 'for each link',
  'copper-link': 'for each copper link',
  'fibre-link': 'for each fibre link',
  module: 'for each module',
  plug: 'for each plug',
};

const needsOf = (content: DesignContent, counted: Counted): Need[] => {
  const none = { runsM: [], lengthM: 0, pieces: 0 };
  const more = 1 + content.wastePercent / 100;
  const cables = content.links.flatMap((link): Need[] => {
    if (link.cableProductId === null) return [];
    const runM = counted.runsM.get(link.key);
    const need = { ...none, productId: link.cableProductId, use: `cable of ${labelOf(content, link)}` };
    return [runM === undefined ? { ...need, pieces: undefined } : { ...need, runsM: [runM * more] }];
  });
  const pathways = content.pathways.flatMap(({ productId, lengthM, name }): Need[] =>
    productId === null
      ? []
      : [{ ...none, productId, use: name, ...(lengthM === null ? { pieces: 1 } : { lengthM: lengthM * more }) }],
  );
  const parts = content.parts.map((part): Need => {
    const often = times(part, content, counted);
    const pieces = often === undefined ? undefined : often * part.quantity;
    return { ...none, productId: part.productId, use: `${part.quantity} ${partUses[part.per]}`, pieces };
  });
  return [...cables, ...pathways, ...parts];
};

type Counting = Pick<BillLine, 'needed' | 'quantity' | 'packages' | 'problem'>;

const uncounted = (problem: string): Counting => ({ needed: null, quantity: null, packages: null, problem });

// Twelve digits, as everywhere: 1.05 · 40 is 42.
const plain = (value: number): number => Number(value.toPrecision(12));

const boxesFor = (ask: Ask, { id, sku, packSize }: BilledProduct, runsM: number[], unitM: number) => {
  const about = { part: 'design', key: id, name: sku } as const;
  const answer = ask(about, 'box-count', { runsM: runsM.map(plain), boxM: plain(packSize * unitM) });
  return typeof answer?.boxes === 'number' ? answer.boxes : undefined;
};

/**
 * Cable of one piece is not spliced: whole runs come from a box or a drum, also from a drum that is one kilometre. By the metre or the
 * foot there is nothing to pack; nor is there where a run is longer than the kilometre that it is sold by, since it comes in one length.
 */
const isCutToLength = ({ packSize }: BilledProduct, unitM: number, runsM: readonly number[]): boolean =>
  packSize === 1 && (unitM <= 1 || runsM.some((runM) => runM > unitM));

const counting = (ask: Ask, product: BilledProduct, needs: readonly Need[]): Counting => {
  const { unit, packSize } = product;
  const unitM = metresPerUnit.get(unit.toLowerCase());
  const runsM = needs.flatMap((need) => need.runsM);
  const totalM = needs.reduce((sum, need) => sum + need.lengthM, 0);
  if (needs.some(({ pieces }) => pieces === undefined))
    return uncounted('A calculator refused what it depends on: see the warnings of the design');
  if (unitM === undefined && (runsM.length > 0 || totalM > 0))
    return uncounted(`It is sold by “${unit}”: a length needs a product by m, km or ft`);
  const perM = unitM ?? 1;
  const pieces = needs.reduce((sum, need) => sum + (need.pieces ?? 0), 0);
  const others = totalM / perM + pieces;
  const needed = plain(others + runsM.reduce((sum, runM) => sum + runM, 0) / perM);
  const isCut = runsM.length > 0 && isCutToLength(product, perM, runsM);
  const boxes = runsM.length === 0 || isCut ? 0 : boxesFor(ask, product, runsM, perM);
  if (boxes === undefined)
    return { ...uncounted('Its packages cannot be counted: see the warnings of the design'), needed };
  const loose = isCut ? needed : others;
  const packages = boxes + wholeAbove(loose / packSize);
  return { needed, quantity: packages * packSize, packages, problem: null };
};

// Fifteen digits of minor units: beyond them something was mistyped, and a total would not fit where amounts are kept.
const mostMinor = 10n ** 15n;

const priced = (
  line: Counting,
  facts: CatalogFacts,
  id: string,
): Pick<BillLine, 'unitPriceMinor' | 'amountMinor' | 'problem'> => {
  const price = facts.prices.get(id);
  const none = { unitPriceMinor: null, amountMinor: null };
  if (facts.priceList === null)
    return { ...none, problem: line.problem ?? 'There is no price list: press “Change design”' };
  if (price === undefined || price.origin === 'none')
    return { ...none, problem: line.problem ?? `“${facts.priceList.name}” has no price for it on this day` };
  const unitPriceMinor = price.amountMinor.toString();
  if (line.quantity === null) return { unitPriceMinor, amountMinor: null, problem: line.problem };
  const amount = price.amountMinor * BigInt(line.quantity);
  if (amount > mostMinor)
    return {
      unitPriceMinor,
      amountMinor: null,
      problem: 'The amount is beyond fifteen digits: check quantity and price',
    };
  return { unitPriceMinor, amountMinor: amount.toString(), problem: null };
};

const lineOf = (ask: Ask, facts: CatalogFacts, productId: string, needs: readonly Need[]): BillLine => {
  const product = facts.products.get(productId);
  const uses = usesOf(needs);
  if (product === undefined)
    return {
      ...uncounted('This product is not in the catalog any more: choose another'),
      productId,
      sku: '',
      name: '',
      unit: '',
      uses,
      packSize: 1,
      unitPriceMinor: null,
      amountMinor: null,
    };
  const { sku, name, unit, packSize } = product;
  const counted = counting(ask, product, needs);
  return { productId, sku, name, unit, uses, packSize, ...counted, ...priced(counted, facts, productId) };
};

const mostUses = 6;
const usesOf = (needs: readonly Need[]): string[] => {
  const uses = [...new Set(needs.map(({ use }) => use))];
  return uses.length <= mostUses ? uses : [...uses.slice(0, mostUses - 1), `and ${uses.length - mostUses + 1} more`];
};

/** Every product that a design names: each once, in the order of the design. */
export const productIdsOf = ({ links, pathways, parts }: DesignContent): string[] => [
  ...new Set(
    [
      ...links.map(({ cableProductId }) => cableProductId),
      ...[...pathways, ...parts].map(({ productId }) => productId),
    ].filter((id) => id !== null),
  ),
];

/**
 * What to order for a design, and what it costs by its list on its day. What cannot be counted or has no price is told and
 * makes the total unknown: it never counts as nothing. Quantities are whole packages, so no amount is ever rounded.
 */
export const billOf = (ask: Ask, content: DesignContent, counted: Counted, facts: CatalogFacts): Bill => {
  const needs = Map.groupBy(needsOf(content, counted), ({ productId }) => productId);
  const lines = productIdsOf(content).map((id) => lineOf(ask, facts, id, needs.get(id) ?? []));
  const missing = lines.filter(({ amountMinor }) => amountMinor === null).length;
  const total = lines.reduce((sum, { amountMinor }) => sum + BigInt(amountMinor ?? 0), 0n);
  return {
    priceList: facts.priceList?.name ?? null,
    currency: facts.priceList?.currency ?? null,
    pricesOn: content.pricesOn,
    lines,
    totalMinor: missing === 0 && facts.priceList !== null ? total.toString() : null,
    missing,
  };
};
