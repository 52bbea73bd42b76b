/** Ranges of IPv4 addresses as Azure writes them, such as 10.10.0.0/16. */
export interface AddressRange {
  text: string;
  first: number;
  last: number;
  prefix: number;
}

/** Undefined of what is no range, or whose address is not the first of it. */
export const addressRange = (text: string): AddressRange | undefined => {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text)?.slice(1).map(Number);
  const [a, b, c, d, prefix] = parts ?? [];
  if (a === undefined || b === undefined || c === undefined || d === undefined || prefix === undefined)
    return undefined;
  if ([a, b, c, d].some((part) => part > 255) || prefix > 32) return undefined;
  const first = ((a * 256 + b) * 256 + c) * 256 + d;
  const size = 2 ** (32 - prefix);
  return first % size === 0 ? { text, first, last: first + size - 1, prefix } : undefined;
};

export const overlap = (one: AddressRange, other: AddressRange): boolean =>
  one.first <= other.last && other.first <= one.last;

const privateRanges = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'];

export const isPrivate = ({ first, last }: AddressRange): boolean =>
  privateRanges.some((text) => {
    const range = addressRange(text);
    return range !== undefined && range.first <= first && last <= range.last;
  });
