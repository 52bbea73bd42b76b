/** A field in which an object is not as we want it, by its path. */
export interface Difference {
  field: string;
  desired: unknown;
  actual: unknown;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const nameOf = (element: unknown): string | undefined =>
  isObject(element) && typeof element.name === 'string' ? element.name : undefined;

/** `spec.size`, and `metadata.labels[example.io/size]` where a name has dots of its own. */
export const fieldIn = (field: string, name: string): string => {
  if (field === '') return name;
  return /[./]/.test(name) ? `${field}[${name}]` : `${field}.${name}`;
};

/**
 * Where what we want does not stand in what is there; what others added is left alone. Lists must have the same length,
 * except that entries with names are compared by name.
 */
export const differences = (actual: unknown, desired: unknown, field = ''): Difference[] => {
  if (desired === undefined) return [];
  if (Array.isArray(desired)) {
    // The server leaves empty lists out.
    if (desired.length === 0 && actual === undefined) return [];
    if (!Array.isArray(actual) || actual.length !== desired.length) return [{ field, desired, actual }];
    return desired.flatMap((element: unknown, index) => {
      const name = nameOf(element);
      const other: unknown = name === undefined ? actual[index] : actual.find((one: unknown) => nameOf(one) === name);
      return differences(other, element, `${field}[${name ?? index}]`);
    });
  }
  if (isObject(desired)) {
    if (!isObject(actual)) return [{ field, desired, actual }];
    return Object.entries(desired).flatMap(([name, value]) => differences(actual[name], value, fieldIn(field, name)));
  }
  return actual === desired ? [] : [{ field, desired, actual }];
};

const scales: Record<string, number> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

const amountOf = (value: unknown): number | undefined => {
  const [, digits, suffix = ''] = /^([+-]?\d+(?:\.\d*)?(?:[eE][+-]?\d+)?)([a-zA-Z]*)$/.exec(String(value)) ?? [];
  const scale = suffix === '' ? 1 : scales[suffix];
  return digits === undefined || scale === undefined ? undefined : Number(digits) * scale;
};

/** Whether both are one quantity, such as 2000m and 2: the server writes quantities in a form of its own. */
export const isSpelling = ({ desired, actual }: Difference): boolean => {
  const [one, other] = [amountOf(desired), amountOf(actual)];
  return one !== undefined && other !== undefined && Math.abs(one - other) <= Math.abs(one) * 1e-12;
};
