/** This process may no longer write: another one leads, or it was paused past its lease. */
export class NotLeading extends Error {
  override readonly name = 'NotLeading';

  constructor() {
    super('This process does not lead; it writes nothing');
  }
}

/**
 * The same object, with these methods refused unless `may()` holds at the moment of the call. A process that was paused
 * wakes up in the middle of a pass, before any timer of its own tells it that it has lost the lease.
 */
export const onlyWhile = <Target extends object>(
  may: () => boolean,
  target: Target,
  methods: readonly (keyof Target & string)[],
): Target => {
  const guarded = methods.map((name) => {
    const method = target[name] as (...parameters: unknown[]) => unknown;
    return [
      name,
      async (...parameters: unknown[]): Promise<unknown> => {
        if (!may()) throw new NotLeading();
        return method.apply(target, parameters);
      },
    ] as const;
  });
  return { ...target, ...Object.fromEntries(guarded) };
};
