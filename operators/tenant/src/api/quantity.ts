const decimalSuffixes: Record<string, number> = { n: -9, u: -6, m: -3, '': 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 };
const binarySuffixes = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];

const form = /^[+]?([0-9]*)(?:\.([0-9]*))?([numkMGTPE]?|[KMGTPE]i|[eE][+-]?[0-9]+)$/;

// What is smaller than a billionth is rounded up to one, as the API server does it.
const perUnit = 9;

const inBillionths = (digits: bigint, exponent: number): bigint => {
  if (exponent >= 0) return digits * 10n ** BigInt(exponent);
  const divisor = 10n ** BigInt(-exponent);
  return (digits + divisor - 1n) / divisor;
};

/** The shortest whole number with an exponent that is a multiple of three. */
const inThousands = (billionths: bigint): { mantissa: bigint; exponent: number } => {
  let mantissa = billionths;
  let exponent = -perUnit;
  while (mantissa % 10n === 0n) {
    mantissa /= 10n;
    exponent += 1;
  }
  while (exponent % 3 !== 0) {
    mantissa *= 10n;
    exponent -= 1;
  }
  return { mantissa, exponent };
};

const asDecimal = (billionths: bigint): string => {
  const { mantissa, exponent } = inThousands(billionths);
  const suffix = Object.keys(decimalSuffixes).find((one) => decimalSuffixes[one] === exponent);
  return suffix === undefined ? `${mantissa}e${exponent}` : `${mantissa}${suffix}`;
};

const asExponent = (billionths: bigint): string => {
  const { mantissa, exponent } = inThousands(billionths);
  return exponent === 0 ? `${mantissa}` : `${mantissa}e${exponent}`;
};

const asBinary = (billionths: bigint): string => {
  const unit = 10n ** BigInt(perUnit);
  if (billionths < 1_024n * unit || billionths % unit !== 0n) return asDecimal(billionths);
  let count = billionths / unit;
  let place = 0;
  while (count % 1_024n === 0n && place < binarySuffixes.length - 1) {
    count /= 1_024n;
    place += 1;
  }
  return `${count}${binarySuffixes[place]}`;
};

interface Parsed {
  billionths: bigint;
  notation: 'binary' | 'decimal' | 'exponent';
}

const parsed = (text: string): Parsed | undefined => {
  const [, whole = '', fraction = '', suffix = ''] = form.exec(text) ?? [];
  if (whole + fraction === '') return undefined;
  const digits = BigInt(whole + fraction);
  const scale = perUnit - fraction.length;
  const place = binarySuffixes.indexOf(suffix);
  if (place > 0) return { billionths: inBillionths(digits * 1_024n ** BigInt(place), scale), notation: 'binary' };
  const exponent = decimalSuffixes[suffix];
  if (exponent !== undefined) return { billionths: inBillionths(digits, scale + exponent), notation: 'decimal' };
  return { billionths: inBillionths(digits, scale + Number(suffix.slice(1))), notation: 'exponent' };
};

const spelled = { binary: asBinary, decimal: asDecimal, exponent: asExponent };

/** A quantity as the API server keeps it: 2000m is 2, 0.5 is 500m. Another spelling would look like drift for ever. */
export const canonicalQuantity = (text: string): string => {
  const quantity = parsed(text);
  if (!quantity) return text;
  return quantity.billionths === 0n ? '0' : spelled[quantity.notation](quantity.billionths);
};

/** Whether one quantity is less than another; what is none is less than nothing. */
export const isLessQuantity = (text: string, than: string): boolean => {
  const [one, other] = [parsed(text), parsed(than)];
  return one !== undefined && other !== undefined && one.billionths < other.billionths;
};
