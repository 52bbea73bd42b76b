const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Whether everything that we want stands in what is there; what others added is left alone. Lists must have the same
 * length, except lists of named entries, which are compared by name.
 */
export const contains = (actual: unknown, wanted: unknown): boolean => {
  if (wanted === undefined) return true;
  if (Array.isArray(wanted)) {
    // The server leaves empty lists out.
    if (wanted.length === 0 && actual === undefined) return true;
    if (!Array.isArray(actual) || actual.length !== wanted.length) return false;
    return wanted.every((element: unknown, index) => {
      if (!isObject(element) || typeof element.name !== 'string') return contains(actual[index], element);
      return contains(
        actual.find((other: unknown) => isObject(other) && other.name === element.name),
        element,
      );
    });
  }
  if (isObject(wanted)) {
    return isObject(actual) && Object.entries(wanted).every(([key, value]) => contains(actual[key], value));
  }
  return actual === wanted;
};
