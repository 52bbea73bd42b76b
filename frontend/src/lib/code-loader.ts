/** Code that is loaded when it is first needed. */
export interface LazyCode<Code> {
  /** The code, once it is here. */
  now(): Code | undefined;
  /** Loads it; a failure is not kept, so the next call tries again. */
  load(): Promise<Code>;
}

export const lazyCode = <Code>(load: () => Promise<Code>): LazyCode<Code> => {
  let here: Code | undefined;
  let loading: Promise<Code> | undefined;
  const begin = async (): Promise<Code> => {
    try {
      here = await load();
      return here;
    } finally {
      loading = undefined;
    }
  };
  return { now: () => here, load: () => (here === undefined ? (loading ??= begin()) : Promise.resolve(here)) };
};
