import { describe, expect, it } from 'vitest';
import { deepest, misplaced, pathName, type Node } from './tree.ts';

const treeOf = (...nodes: [id: string, parent: string | null][]): ReadonlyMap<string, Node> =>
  new Map(nodes.map(([id, parent]) => [id, { id, parent_id: parent, name: id.toUpperCase() }]));

describe('the tree of categories', () => {
  const tree = treeOf(['a', null], ['b', 'a'], ['c', 'b'], ['d', null]);

  it('names a node by its path', () => {
    expect(pathName(tree, 'c')).toBe('A > B > C');
    expect(pathName(tree, 'd')).toBe('D');
  });

  it.each([
    { id: 'a', parentId: null, answer: undefined },
    { id: 'c', parentId: 'd', answer: undefined },
    { id: null, parentId: 'c', answer: undefined },
    { id: 'a', parentId: 'a', answer: 'category.below-itself' },
    { id: 'a', parentId: 'c', answer: 'category.below-itself' },
    { id: 'b', parentId: 'x', answer: 'category.not-found' },
  ])('$id under $parentId: $answer', ({ id, parentId, answer }) => {
    expect(misplaced(tree, { id, parentId })).toBe(answer);
  });

  it('is as deep as is allowed and no deeper, counting what a node brings along', () => {
    const chain = Array.from({ length: deepest }, (_, at) => [`n${at}`, at === 0 ? null : `n${at - 1}`] as const);
    const deep = treeOf(...chain.map(([id, parent]): [string, string | null] => [id, parent]), ['x', null], ['y', 'x']);
    expect(misplaced(deep, { id: null, parentId: `n${deepest - 1}` })).toBe('category.too-deep');
    expect(misplaced(deep, { id: null, parentId: `n${deepest - 2}` })).toBeUndefined();
    expect(misplaced(deep, { id: 'x', parentId: `n${deepest - 2}` })).toBe('category.too-deep');
    expect(misplaced(deep, { id: 'x', parentId: `n${deepest - 3}` })).toBeUndefined();
  });
});
