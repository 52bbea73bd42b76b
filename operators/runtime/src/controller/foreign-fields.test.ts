import { expect, test } from 'vitest';
import { hasForeignFields } from './foreign-fields.ts';

const wanted = {
  metadata: { name: 'a' },
  spec: { paused: false, containers: [{ name: 'job', image: 'x' }], selector: {}, empty: [] },
};
const withEntry = (fieldsV1: object, entry: object = {}) => ({
  metadata: { name: 'a', managedFields: [{ manager: 'kubectl', operation: 'Update', fieldsV1, ...entry }] },
  spec: { ...wanted.spec, selector: { matchLabels: { a: 'b' } } },
});
const inJob = (fields: object) => ({ 'f:spec': { 'f:containers': { 'k:{"name":"job"}': { '.': {}, ...fields } } } });

test.each<[string, object, boolean]>([
  ['metadata only', { 'f:metadata': { 'f:labels': { 'f:team': {} } } }, false],
  ['a part that we do not state', { 'f:secrets': { 'k:{"name":"s"}': {} } }, false],
  ['a field that we state too', { 'f:spec': { 'f:paused': {} } }, false],
  ['another field', { 'f:spec': { 'f:hostNetwork': {} } }, true],
  ['a field in our entry of a list', inJob({ 'f:command': {} }), true],
  ['our own field in our entry', inJob({ 'f:image': {}, 'f:name': {} }), false],
  ['another entry of our list', { 'f:spec': { 'f:containers': { 'k:{"name":"spy"}': { '.': {} } } } }, true],
  ['a map that has one owner, and filled it', { 'f:spec': { 'f:selector': {} } }, true],
  ['a list that has one owner, as we want it', { 'f:spec': { 'f:empty': {} } }, false],
  ['a field in what we want to be empty', { 'f:spec': { 'f:selector': { 'f:matchLabels': {} } } }, true],
])('somebody owns %s', (_what, fieldsV1, expected) => {
  expect(hasForeignFields(withEntry(fieldsV1), wanted, 'us')).toBe(expected);
});

test('our own applies and writes of the status are never foreign; what we once updated and no longer want is', () => {
  const foreign = { 'f:spec': { 'f:hostNetwork': {} } };
  expect(hasForeignFields(withEntry(foreign, { manager: 'us', operation: 'Apply' }), wanted, 'us')).toBe(false);
  expect(hasForeignFields(withEntry(foreign, { subresource: 'status' }), wanted, 'us')).toBe(false);
  expect(hasForeignFields(withEntry(foreign, { manager: 'us' }), wanted, 'us')).toBe(true);
});
