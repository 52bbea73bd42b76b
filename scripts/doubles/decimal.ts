/** Exact decimal arithmetic on the numbers that JSON carries: 86.456 × 3 is 259.368 here, as at the vendor. */
type Scaled = { digits: bigint; places: number };

function scaled(value: number): Scaled {
  const [mantissa = '0', exponent = '0'] = String(value).split('e');
  const [whole = '0', fraction = ''] = mantissa.split('.');
  const places = fraction.length - Number(exponent);
  const digits = BigInt(whole + fraction);
  return places >= 0 ? { digits, places } : { digits: digits * 10n ** BigInt(-places), places: 0 };
}

const at = ({ digits, places }: Scaled, wanted: number) => digits * 10n ** BigInt(wanted - places);

/** Half away from zero, as vendors print money. */
function rounded({ digits, places }: Scaled, wanted: number): number {
  if (places <= wanted) return toNumber({ digits, places });
  const divisor = 10n ** BigInt(places - wanted);
  const half = digits < 0n ? -divisor / 2n : divisor / 2n;
  return toNumber({ digits: (digits + half) / divisor, places: wanted });
}

const toNumber = ({ digits, places }: Scaled) => Number(`${digits}e${-places}`);

export const roundTo = (value: number, places: number): number => rounded(scaled(value), places);

export function multiply(a: number, b: number, places: number): number {
  const [left, right] = [scaled(a), scaled(b)];
  return rounded({ digits: left.digits * right.digits, places: left.places + right.places }, places);
}

export function sum(values: readonly number[], places: number): number {
  const all = values.map(scaled);
  const common = Math.max(0, ...all.map((value) => value.places));
  return rounded({ digits: all.reduce((total, value) => total + at(value, common), 0n), places: common }, places);
}
