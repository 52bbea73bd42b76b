import { expect, test } from 'vitest';
import type { KubeObject, Resource } from '../client/resource.ts';
import { controllerOf, isOwnedBy, ownerReferenceTo } from './owners.ts';

const things: Resource = { apiVersion: 'example.io/v1', kind: 'Thing', plural: 'things', namespaced: true };
const owner: KubeObject = { metadata: { name: 'a', uid: 'u' } };
const child = (uid: string): KubeObject => ({
  metadata: { name: 'b', ownerReferences: [ownerReferenceTo(things, { metadata: { name: 'a', uid } })] },
});

test('a child is owned by the very object, and not by one made again under its name', () => {
  expect([isOwnedBy(child('u'), owner), isOwnedBy(child('another'), owner)]).toEqual([true, false]);
  expect(isOwnedBy(owner, owner)).toBe(false);
});

test('a child leads to who controls it, of one kind', () => {
  expect(controllerOf(child('u'), things)).toBe('a');
  expect(controllerOf(child('u'), { ...things, kind: 'Other' })).toBeUndefined();
  expect(controllerOf(owner, things)).toBeUndefined();
});

test('what no server has given a uid can own nothing', () => {
  expect(() => ownerReferenceTo(things, { metadata: { name: 'a' } })).toThrow('Thing a was not read from a server');
});
