// Of ten thousand tenants: a namespace and a name each, and what all of them have in common.
const mostShared = 50_000;

/**
 * Makes one value of a text, for all that ask with an equal text: the objects of a tenant share their namespace and labels,
 * all tenants the names of what they own and their conditions.
 */
export const shared = <T>(make: (text: string) => T): ((text: string) => T) => {
  const known = new Map<string, T>();
  return (text) => {
    const held = known.get(text);
    if (held !== undefined) return held;
    if (known.size >= mostShared) known.clear();
    const created = make(text);
    known.set(text, created);
    return created;
  };
};
