export interface Node {
  id: string;
  parent_id: string | null;
  name: string;
}

export const deepest = 8;

/** From the top down to the node itself; what is above a node that is not there is unknown and left out. */
export const pathTo = <Of extends Node>(nodes: ReadonlyMap<string, Of>, id: string): Of[] => {
  const path: Of[] = [];
  for (let at: string | null = id; at !== null && path.length <= nodes.size;) {
    const node = nodes.get(at);
    if (node === undefined) break;
    path.unshift(node);
    at = node.parent_id;
  }
  return path;
};

/** How many levels a node and all that is below it take. */
const heightOf = (nodes: ReadonlyMap<string, Node>, id: string): number =>
  1 +
  Math.max(0, ...[...nodes.values()].filter((node) => node.parent_id === id).map((node) => heightOf(nodes, node.id)));

/** Why a node cannot be put there, or nothing. `id` is null for one that is new. */
export const misplaced = (
  nodes: ReadonlyMap<string, Node>,
  { id, parentId }: { id: string | null; parentId: string | null },
): 'category.not-found' | 'category.below-itself' | 'category.too-deep' | undefined => {
  if (parentId === null) return undefined;
  if (!nodes.has(parentId)) return 'category.not-found';
  const above = pathTo(nodes, parentId);
  if (id !== null && above.some((node) => node.id === id)) return 'category.below-itself';
  const height = id === null ? 1 : heightOf(nodes, id);
  return above.length + height > deepest ? 'category.too-deep' : undefined;
};

export const separator = ' > ';

export const pathName = (nodes: ReadonlyMap<string, Node>, id: string): string =>
  pathTo(nodes, id)
    .map(({ name }) => name)
    .join(separator);
