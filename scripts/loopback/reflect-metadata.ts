// @peculiar/x509 is wired by tsyringe, which refuses to load without these three functions of the old decorator
// metadata proposal. Import this before it. The npm package reflect-metadata does the same in 2,000 lines.
type Metadata = Map<unknown, unknown>;

const metadata = new WeakMap<object, Metadata>();

const own = (target: object): Metadata => {
  const found = metadata.get(target) ?? new Map();
  metadata.set(target, found);
  return found;
};

const inherited = (key: unknown, target: object): unknown => {
  for (let at: object | null = target; at; at = Object.getPrototypeOf(at)) {
    if (metadata.get(at)?.has(key)) return metadata.get(at)?.get(key);
  }
  return undefined;
};

if (!('getMetadata' in Reflect)) {
  Object.assign(Reflect, {
    defineMetadata: (key: unknown, value: unknown, target: object) => void own(target).set(key, value),
    getOwnMetadata: (key: unknown, target: object) => metadata.get(target)?.get(key),
    getMetadata: inherited,
  });
}
