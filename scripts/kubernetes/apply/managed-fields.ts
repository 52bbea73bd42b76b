import { ApiError } from '../object/api-error.ts';
import { timestamp, type KubeObject, type ManagedFieldsEntry } from '../object/kube-object.ts';
import type { Schema } from '../schema/schema.ts';
import {
  emptyTree,
  fieldsV1Of,
  intersection,
  isEmptyTree,
  pathsOf,
  sameTree,
  treeOfFieldsV1,
  union,
  without,
  withoutBelow,
  type FieldTree,
} from './field-tree.ts';
import { compare, fieldsOf } from './fields-of.ts';
import { stillAsLastApplied } from './last-applied.ts';
import { merge, removeAbandoned } from './merge.ts';

export type Writer = {
  manager: string;
  operation: 'Apply' | 'Update';
  subresource?: string | undefined;
  /** Top-level fields that this request cannot write, such as `status` of the main resource. */
  ignored: readonly string[];
  now: Date;
};

type Owner = Omit<ManagedFieldsEntry, 'fieldsV1'> & { fields: FieldTree };

const ownersOf = (object: KubeObject | undefined): Owner[] =>
  (object?.metadata.managedFields ?? []).map(({ fieldsV1, ...entry }) => ({
    ...entry,
    fields: treeOfFieldsV1(fieldsV1),
  }));

const isSame = (owner: Owner, writer: Writer, apiVersion: string): boolean =>
  owner.manager === writer.manager &&
  owner.operation === writer.operation &&
  (owner.subresource ?? '') === (writer.subresource ?? '') &&
  (writer.operation === 'Apply' || owner.apiVersion === apiVersion);

const encode = (owners: readonly Owner[]): ManagedFieldsEntry[] =>
  owners
    .filter(({ fields }) => !isEmptyTree(fields))
    .toSorted(
      (a, b) =>
        a.operation.localeCompare(b.operation) ||
        (a.time ?? '').localeCompare(b.time ?? '') ||
        a.manager.localeCompare(b.manager) ||
        (a.subresource ?? '').localeCompare(b.subresource ?? ''),
    )
    .map(({ fields, ...owner }) => ({ ...owner, fieldsV1: fieldsV1Of(fields) }));

const ownerOf = (writer: Writer, apiVersion: string, fields: FieldTree): Owner => ({
  manager: writer.manager,
  operation: writer.operation,
  apiVersion,
  time: timestamp(writer.now),
  fieldsType: 'FieldsV1',
  ...(writer.subresource !== undefined && writer.subresource !== '' && { subresource: writer.subresource }),
  fields,
});

// The server's own fields have no owner.
const unowned = [
  'name',
  'generateName',
  'namespace',
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'selfLink',
  'managedFields',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
];

const ownable = (tree: FieldTree, ignored: readonly string[]): FieldTree => {
  const children = new Map(tree.children);
  for (const field of ['apiVersion', 'kind', ...ignored]) children.delete(`f:${field}`);
  const metadata = children.get('f:metadata');
  if (metadata) {
    const kept = new Map(metadata.children);
    for (const field of unowned) kept.delete(`f:${field}`);
    if (kept.size > 0) children.set('f:metadata', { member: false, children: kept });
    else children.delete('f:metadata');
  }
  return { member: false, children };
};

const withManagedFields = (object: KubeObject, owners: readonly Owner[]): KubeObject => ({
  ...object,
  metadata: { ...object.metadata, managedFields: encode(owners) },
});

/** The object of an ordinary write with its owners: what the writer changed is the writer's from now on. */
export const ownUpdate = (
  live: KubeObject | undefined,
  object: KubeObject,
  schema: Schema,
  writer: Writer,
): KubeObject => {
  const sent = object.metadata.managedFields;
  // A list with one empty entry is how clients take all ownership back.
  const isReset = sent?.length === 1 && sent[0]?.manager === undefined;
  const base = sent === undefined || sent.length === 0 ? live : object;
  const owners = isReset ? [] : ownersOf(base);
  const { changed, removed } = compare(live ?? {}, object, schema);
  const written = ownable(changed, writer.ignored);
  const gone = ownable(removed, writer.ignored);
  const others = owners.map((owner) =>
    isSame(owner, writer, object.apiVersion)
      ? { ...owner, fields: withoutBelow(owner.fields, gone) }
      : { ...owner, fields: withoutBelow(without(owner.fields, written), gone) },
  );
  const own = others.find((owner) => isSame(owner, writer, object.apiVersion));
  const fields = union(own?.fields ?? emptyTree(), written);
  const unchanged = own !== undefined && sameTree(own.fields, fields);
  const mine = unchanged ? own : ownerOf(writer, object.apiVersion, fields);
  return withManagedFields(object, [...others.filter((owner) => owner !== own), mine]);
};

const conflictError = (conflicts: readonly { owner: Owner; paths: string[] }[]): ApiError => {
  const all = conflicts.flatMap(({ owner, paths }) => paths.map((path) => ({ owner, path })));
  const count = all.length;
  const nameOf = ({ manager, subresource, operation, apiVersion, time }: Owner): string =>
    `"${manager}"${subresource === undefined ? '' : ` with subresource "${subresource}"`}${
      operation === 'Update' ? ` using ${apiVersion}${time === undefined ? '' : ` at ${time}`}` : ''
    }`;
  const text =
    count === 1
      ? `conflict with ${conflicts.map(({ owner, paths }) => `${nameOf(owner)}: ${paths.join()}`).join()}`
      : `conflicts with ${conflicts
          .map(({ owner, paths }) => `${nameOf(owner)}:\n${paths.map((path) => `- ${path}`).join('\n')}`)
          .join('\nconflicts with ')}`;
  return new ApiError(409, 'Conflict', `Apply failed with ${count} conflict${count === 1 ? '' : 's'}: ${text}`, {
    causes: all.map(({ owner, path }) => ({
      reason: 'FieldManagerConflict',
      message: `conflict with ${nameOf(owner)}`,
      field: path,
    })),
  });
};

export type Application = {
  live: KubeObject | undefined;
  applied: KubeObject;
  schema: Schema;
  writer: Writer;
  force: boolean;
};

/**
 * Server-side apply. A field that another manager owns and that would change is a conflict, or is taken over by force;
 * a field of this manager's last configuration that is missing now goes away unless another claims it.
 */
export const applyConfiguration = ({ live, applied, schema, writer, force }: Application): KubeObject => {
  const { apiVersion } = applied;
  const owners = ownersOf(live);
  const appliedFields = fieldsOf(applied, schema);
  const claimedNow = ownable(appliedFields, writer.ignored);
  const own = owners.find((owner) => isSame(owner, writer, apiVersion));
  const others = owners.filter((owner) => owner !== own);
  const merged = live ? (merge(live, applied, schema) as KubeObject) : applied;
  const claimed = others.reduce((all, { fields }) => union(all, fields), appliedFields);
  const abandoned = own ? without(own.fields, claimedNow) : emptyTree();
  const result = (
    isEmptyTree(abandoned) ? merged : removeAbandoned(merged, { before: own?.fields ?? abandoned, claimed }, schema)
  ) as KubeObject;
  const { changed, removed } = compare(live ?? {}, result, schema);
  const written = ownable(changed, writer.ignored);
  const ownBefore = writer.manager === 'kubectl' ? stillAsLastApplied(live, schema) : emptyTree();
  const conflicts = others
    .map((owner) => ({ owner, paths: pathsOf(without(intersection(owner.fields, written), ownBefore)) }))
    .filter(({ paths }) => paths.length > 0);
  if (conflicts.length > 0 && !force) throw conflictError(conflicts);
  const gone = ownable(removed, writer.ignored);
  const remaining = others.map((owner) => ({
    ...owner,
    fields: withoutBelow(without(owner.fields, written), gone),
  }));
  const unchanged = own !== undefined && own.apiVersion === apiVersion && sameTree(own.fields, claimedNow);
  const mine = unchanged ? own : ownerOf(writer, apiVersion, claimedNow);
  return withManagedFields({ ...result, apiVersion }, [...remaining, mine]);
};
