import { problem, type ProblemPlace } from '../errors/problem.ts';

/** So many wrong places help whoever wrote the request; thousands help whoever wants a large answer. */
const mostPlaces = 20;
const longestKey = 100;

/** A part of a JSON Pointer; a key is the caller's text and may be as long as the body. */
const pointerPart = (key: PropertyKey): string => {
  const text = key.toString();
  const shown = text.length > longestKey ? `${text.slice(0, longestKey)}…` : text;
  return `/${shown.replaceAll('~', '~0').replaceAll('/', '~1')}`;
};

export const pointerTo = (...path: readonly PropertyKey[]): string => path.map(pointerPart).join('');

/** Collects what is wrong with a request: the first places as they are, of all others how many there are. */
export const wrongPlaces = () => {
  const places: ProblemPlace[] = [];
  let count = 0;
  return {
    add: (path: readonly PropertyKey[], code: string, detail: string): void => {
      count += 1;
      if (places.length < mostPlaces) places.push({ pointer: pointerTo(...path), code, detail });
    },
    addUnknown(path: readonly PropertyKey[], keys: readonly string[]): void {
      for (const key of keys.slice(0, mostPlaces)) this.add([...path, key], 'unknown', 'There is no such property');
      count += Math.max(0, keys.length - mostPlaces);
    },
    /** Throws request.invalid when there is anything. */
    refuse: (): void => {
      if (count > 0) throw problem('request.invalid', { places, furtherPlaces: count - places.length });
    },
  };
};

/** For what is wrong in one place. */
export const wrongPlace = (path: readonly PropertyKey[], code: string, detail: string) =>
  problem('request.invalid', { places: [{ pointer: pointerTo(...path), code, detail }] });
