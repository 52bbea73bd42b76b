import { isDeepStrictEqual } from 'node:util';
import { repeated, type Repeated } from './repeated.ts';

/** Something outside of the cluster that no watch tells of, looked at every so often for all keys at once. */
export interface PolledSource<Value> extends Repeated {
  /** As last seen; `not yet` for a key that came after the last look; undefined when nobody could look for too long. */
  of(key: string): Value | 'not yet' | undefined;
}

export interface PolledSourceOptions<Value> {
  /** Of all keys that there are. */
  read: () => Promise<ReadonlyMap<string, Value>>;
  /** What a key is taken for that was not seen before. */
  unseen: Value;
  everyMs: number;
  /** Told the keys whose values are others now. */
  onChange: (keys: ReadonlySet<string>) => void;
  onError: (error: unknown) => void;
  now?: () => number;
}

// What was seen stays true for some missed looks; after that nobody knows.
const staleAfterLooks = 5;

export const followSource = <Value>(options: PolledSourceOptions<Value>): PolledSource<Value> => {
  const { read, unseen, everyMs, onChange, onError, now = Date.now } = options;
  let known: ReadonlyMap<string, Value> | undefined;
  let seenAt = now();

  const differing = (before: ReadonlyMap<string, Value>, after: ReadonlyMap<string, Value>): Set<string> =>
    new Set(
      [...before.keys(), ...after.keys()].filter(
        (key) => !isDeepStrictEqual(before.get(key) ?? unseen, after.get(key) ?? unseen),
      ),
    );
  const look = async (): Promise<void> => {
    const found = await read();
    const changed = differing(known ?? new Map(), found);
    known = found;
    seenAt = now();
    if (changed.size > 0) onChange(changed);
  };
  return {
    ...repeated({ round: look, everyMs, onError }),
    of: (key) => {
      if (!known || now() - seenAt > staleAfterLooks * everyMs) return undefined;
      return known.get(key) ?? 'not yet';
    },
  };
};
