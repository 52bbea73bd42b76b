import { badRequest, type ApiError } from '../object/api-error.ts';

/** A quantity of Kubernetes, such as 500m, 2G or 1Gi: its value in thousand-millionths, and how the API server writes it. */
export interface Quantity {
  nano: bigint;
  text: string;
}

const decimalUnits = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];
const binaryUnits = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const one = 1_000_000_000n;

const shape = /^([+-]?)(\d+(?:\.\d*)?|\.\d+)(?:(n|u|m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)|[eE]([+-]?\d{1,2}))?$/;

const shapeMessage = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

/** What a number of a body that is no quantity is refused with. */
const notAQuantity = (kind: string): ApiError =>
  badRequest(`${kind} in version "v1" cannot be handled as a ${kind}: ${shapeMessage}`);

// More digits than a thousand-millionth has are rounded up, away from zero, as the API server does.
const scaled = (digits: string, multiplier: bigint, divisor: bigint): bigint => {
  const [whole = '', fraction = ''] = digits.split('.');
  const denominator = 10n ** BigInt(fraction.length) * divisor;
  const numerator = BigInt(`${whole}${fraction}` || '0') * multiplier;
  return (numerator + denominator - 1n) / denominator;
};

const inBinary = (nano: bigint): string | undefined => {
  if (nano % one !== 0n) return undefined;
  let value = nano / one;
  let unit = 0;
  while (value !== 0n && value % 1_024n === 0n && unit < binaryUnits.length - 1) {
    value /= 1_024n;
    unit += 1;
  }
  return `${value}${binaryUnits[unit]}`;
};

const inDecimal = (nano: bigint): string => {
  let value = nano;
  let unit = 0;
  while (value !== 0n && value % 1_000n === 0n && unit < decimalUnits.length - 1) {
    value /= 1_000n;
    unit += 1;
  }
  return value === 0n ? '0' : `${value}${decimalUnits[unit]}`;
};

const inExponents = (nano: bigint): string => {
  const exponents = [-9, -6, -3, 0, 3, 6, 9, 12, 15, 18];
  let value = nano;
  let at = 0;
  while (value !== 0n && value % 1_000n === 0n && at < exponents.length - 1) {
    value /= 1_000n;
    at += 1;
  }
  const exponent = exponents[at] ?? 0;
  return value === 0n || exponent === 0 ? `${value}` : `${value}e${exponent}`;
};

/** Reads a quantity; undefined where it is none. The text is the canonical one: no fraction, the largest unit. */
export const readQuantity = (given: unknown): Quantity | undefined => {
  const found = typeof given === 'string' || typeof given === 'number' ? shape.exec(String(given)) : null;
  if (!found) return undefined;
  const [, sign = '', digits = '', unit = '', exponent] = found;
  const isBinary = unit.endsWith('i');
  const power = isBinary ? 0n : 3n * BigInt(decimalUnits.indexOf(unit)) + BigInt(exponent ?? 0);
  const multiplier = isBinary ? one * 1_024n ** BigInt(binaryUnits.indexOf(unit)) : 10n ** (power > 0n ? power : 0n);
  const size = scaled(digits, multiplier, power < 0n ? 10n ** -power : 1n);
  const written = isBinary
    ? (inBinary(size) ?? inDecimal(size))
    : exponent === undefined
      ? inDecimal(size)
      : inExponents(size);
  const negative = sign === '-' && size !== 0n;
  return { nano: negative ? -size : size, text: negative ? `-${written}` : written };
};

/** Rewrites a map of quantities as the API server stores it; what is none is refused. */
export const canonicalQuantities = (quantities: Record<string, unknown>, kind: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(quantities).map(([name, value]) => {
      const quantity = readQuantity(value);
      if (!quantity) throw notAQuantity(kind);
      return [name, quantity.text];
    }),
  );
