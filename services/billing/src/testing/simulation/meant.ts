/**
 * What people meant and were told that it is so, reckoned by what they typed: the product's own rows are held to it. A month of
 * a customer is named `<customer> <YYYY-MM>`, a line of it by its key besides.
 */
export interface Meant {
  /** Cents that a line comes to since somebody has set it, or has added it as one of their own. */
  edits: Map<string, bigint>;
  /** Months that are not billed, and the sum that is left. */
  left: Map<string, bigint>;
  /** Months that nobody approves. */
  held: Set<string>;
}

export const nothingMeant = (): Meant => ({ edits: new Map(), left: new Map(), held: new Set() });

export const isOwn = (key: string): boolean => key.includes('manual:');

/** Cents of so many at so many cents: they type whole numbers, so that nothing is rounded. */
export const centsOf = (quantity: number, cents: number): bigint => BigInt(quantity) * BigInt(cents);
