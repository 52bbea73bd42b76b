import { expect, test } from 'vitest';
import { foreignFields, leftFields } from './foreign-fields.ts';

const desired = {
  metadata: { name: 'a' },
  spec: { paused: false, containers: [{ name: 'job', image: 'x' }], selector: {}, empty: [] },
};
const withEntry = (fieldsV1: object, entry: object = {}) => ({
  metadata: { name: 'a', managedFields: [{ manager: 'kubectl', operation: 'Update', fieldsV1, ...entry }] },
  spec: { ...desired.spec, selector: { matchLabels: { a: 'b' } } },
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
  expect(foreignFields(withEntry(fieldsV1), desired, 'us').length > 0).toBe(expected);
});

test('our own applies and writes of the status are never foreign; what we once updated and no longer want is', () => {
  const foreign = { 'f:spec': { 'f:hostNetwork': {} } };
  expect(foreignFields(withEntry(foreign, { manager: 'us', operation: 'Apply' }), desired, 'us')).toEqual([]);
  expect(foreignFields(withEntry(foreign, { subresource: 'status' }), desired, 'us')).toEqual([]);
  expect(foreignFields(withEntry(foreign, { manager: 'us' }), desired, 'us')).toHaveLength(1);
});

test('what is foreign is named by its place', () => {
  const fields = {
    'f:spec': { 'f:containers': { 'k:{"name":"spy"}': { '.': {} }, 'k:{"name":"job"}': { 'f:command': {} } } },
  };
  const found = withEntry(fields);
  const containers = [{ name: 'job', image: 'x', command: ['/evil'] }, { name: 'spy' }];
  expect(foreignFields({ ...found, spec: { ...found.spec, containers } } as typeof found, desired, 'us')).toEqual([
    { field: 'spec.containers[spy]', desired: undefined, actual: { name: 'spy' } },
    { field: 'spec.containers[job].command', desired: undefined, actual: ['/evil'] },
  ]);
});

test.each<[string, object, string[]]>([
  ['all that we want', { 'f:spec': { 'f:paused': {}, ...inJob({ 'f:image': {} })['f:spec'] } }, []],
  ['a field beside it', { 'f:spec': { 'f:paused': {}, 'f:hostNetwork': {} } }, ['spec.hostNetwork']],
  ['a field in our entry of a list', inJob({ 'f:image': {}, 'f:command': {} }), ['spec.containers[job].command']],
  [
    'an entry of our list',
    { 'f:spec': { 'f:containers': { 'k:{"name":"old"}': { '.': {} } } } },
    ['spec.containers[old]'],
  ],
  ['a part of the object', { 'f:data': { 'f:old.pem': {} } }, ['data']],
  ['a label', { 'f:metadata': { 'f:labels': { 'f:team': {} } } }, ['metadata.labels']],
])('we applied %s: what we want no more is named', (_what, fieldsV1, expected) => {
  const applied = withEntry(fieldsV1, { manager: 'us', operation: 'Apply' });
  expect(leftFields(applied, desired, 'us').map(({ field }) => field)).toEqual(expected);
  expect(leftFields(withEntry(fieldsV1), desired, 'us')).toEqual([]);
});
