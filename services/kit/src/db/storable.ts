/** What PostgreSQL keeps of a text that came from elsewhere: neither U+0000 nor half of a character is anything to it. */
export const storable = (text: string): string => text.replaceAll('\0', '').toWellFormed();

/** Of a column of 64 bits. */
export const largest = 2n ** 63n - 1n;
const smallest = -largest;

/** Whether a column of 64 bits holds it. */
export const isStorable = (value: bigint): boolean => value <= largest && value >= smallest;
