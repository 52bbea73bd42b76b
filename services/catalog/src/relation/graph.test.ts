import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closureOf, newestOf, reaches, type Edge } from './graph.ts';

const edge = (from: string, to: string, quantity = 1): Edge => ({ from, to, quantity });

describe('what a product leads to', () => {
  it('is everything along the way, quantities multiplied along a way and added up over ways', () => {
    const edges = [edge('rack', 'switch', 2), edge('switch', 'psu', 2), edge('rack', 'psu'), edge('psu', 'cord')];
    expect(Object.fromEntries(closureOf(edges, 'rack'))).toEqual({ switch: 2, psu: 5, cord: 5 });
    expect(closureOf(edges, 'cord').size).toBe(0);
  });

  it('is reached in the direction of the edges alone', () => {
    const edges = [edge('a', 'b'), edge('b', 'c')];
    expect([reaches(edges, 'a', 'c'), reaches(edges, 'c', 'a'), reaches(edges, 'a', 'a')]).toEqual([true, false, true]);
  });

  it('is the same set as can be reached, whatever the graph, as long as it has no circle', () => {
    const number = fc.integer({ min: 0, max: 9 });
    const graphs = fc.array(fc.tuple(number, number, fc.integer({ min: 1, max: 3 })), { maxLength: 25 });
    fc.assert(
      fc.property(graphs, (pairs) => {
        const edges = pairs.filter(([a, b]) => a < b).map(([a, b, quantity]) => edge(`${a}`, `${b}`, quantity));
        const reachable = Array.from({ length: 10 }, (_, at) => `${at}`).filter(
          (id) => id !== '0' && reaches(edges, '0', id),
        );
        expect([...closureOf(edges, '0').keys()].toSorted()).toEqual(reachable);
      }),
    );
  });
});

describe('the newest in the place of a product', () => {
  const chain = [edge('v2', 'v1'), edge('v3', 'v2'), edge('v4', 'v3')];

  it('is the last active one', () => {
    expect(newestOf(chain, 'v1', (id) => id === 'v2' || id === 'v3')).toBe('v3');
  });

  it('is the last of all where none is active, and nothing where it was never replaced', () => {
    expect(newestOf(chain, 'v1', () => false)).toBe('v4');
    expect(newestOf(chain, 'v4', () => true)).toBeUndefined();
  });

  it('is found at all where a chain should be a circle', () => {
    expect(newestOf([edge('a', 'b'), edge('b', 'a')], 'a', () => true)).toBe('a');
  });
});
