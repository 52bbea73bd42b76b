/** One product leads to another, so many times. */
export interface Edge {
  from: string;
  to: string;
  quantity: number;
}

const outgoing = (edges: readonly Edge[]): ReadonlyMap<string, Edge[]> => Map.groupBy(edges, ({ from }) => from);

/** Whether one can be reached from the other. */
export const reaches = (edges: readonly Edge[], from: string, to: string): boolean => {
  const next = outgoing(edges);
  const seen = new Set([from]);
  for (const at of seen) {
    if (at === to) return true;
    for (const edge of next.get(at) ?? []) seen.add(edge.to);
  }
  return false;
};

/** Products in an order in which each stands behind all that lead to it. */
const inOrder = (next: ReadonlyMap<string, Edge[]>, root: string): string[] => {
  const done = new Set<string>();
  const order: string[] = [];
  const visit = (at: string): void => {
    if (done.has(at)) return;
    done.add(at);
    for (const { to } of next.get(at) ?? []) visit(to);
    order.unshift(at);
  };
  visit(root);
  return order;
};

/** Everything that a product leads to, in the end, and how many of each: quantities multiply along a way and add up over ways. */
export const closureOf = (edges: readonly Edge[], root: string): Map<string, number> => {
  const next = outgoing(edges);
  const counts = new Map([[root, 1]]);
  for (const at of inOrder(next, root))
    for (const { to, quantity } of next.get(at) ?? [])
      counts.set(to, (counts.get(to) ?? 0) + (counts.get(at) ?? 0) * quantity);
  counts.delete(root);
  return counts;
};

/**
 * The newest product in the place of one: the last active one of the chain of replacements, or its last where none is
 * active. `edges` lead from the new to the old.
 */
export const newestOf = (
  edges: readonly Edge[],
  root: string,
  isActive: (id: string) => boolean,
): string | undefined => {
  const successor = new Map(edges.map(({ from, to }) => [to, from]));
  const chain: string[] = [];
  for (let at = successor.get(root); at !== undefined && !chain.includes(at); at = successor.get(at)) chain.push(at);
  return chain.findLast(isActive) ?? chain.at(-1);
};
