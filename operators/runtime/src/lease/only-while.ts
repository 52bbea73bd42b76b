/** This process may no longer write: another one leads, or it was paused past its lease. */
export class NotLeading extends Error {
  override readonly name = 'NotLeading';

  constructor() {
    super('This process does not lead; it writes nothing');
  }
}

/**
 * The same object, every method of which is refused unless `may()` holds at the moment of the call, but for those that are
 * named here because they only read. A method that nobody thought of is refused, too. A process that was paused wakes up in
 * the middle of a pass, before any timer of its own tells it that it has lost the lease.
 */
export const onlyWhile = <Target extends object>(
  may: () => boolean,
  target: Target,
  reads: readonly (keyof Target & string)[],
): Target => {
  const free: ReadonlySet<string | symbol> = new Set(reads);
  return new Proxy(target, {
    get: (_, name) => {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      const method = value as (...parameters: unknown[]) => unknown;
      if (free.has(name)) return method.bind(target);
      return async (...parameters: unknown[]): Promise<unknown> => {
        if (!may()) throw new NotLeading();
        return method.apply(target, parameters);
      };
    },
  });
};
