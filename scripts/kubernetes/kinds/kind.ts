import type { FieldError } from '../object/api-error.ts';
import type { KubeObject } from '../object/kube-object.ts';
import type { NameRule } from './name-rules.ts';
import type { Schema } from '../schema/schema.ts';

export type Column = {
  name: string;
  type: string;
  format?: string;
  description?: string;
  priority?: number;
  cell: (object: KubeObject, now: Date) => unknown;
};

export type Subresource = {
  name: string;
  verbs: readonly string[];
  kind: { group: string; version: string; kind: string };
};

/** What a kind does beyond storing. The objects here are the request's own copies and may be changed. */
export type KindRules = {
  /** On every write, after the fields of the request are known. */
  defaults?: (object: KubeObject) => void;
  /** Once, when the object is made; metadata is complete. */
  onCreate?: (object: KubeObject, now: Date) => void;
  onUpdate?: (object: KubeObject, live: KubeObject) => void;
  validate?: (object: KubeObject, live: KubeObject | undefined) => FieldError[];
};

export type Kind = {
  group: string;
  version: string;
  kind: string;
  listKind: string;
  plural: string;
  singular: string;
  namespaced: boolean;
  shortNames: readonly string[];
  categories: readonly string[];
  /** `group/plural`: where objects of all versions are kept. */
  resource: string;
  verbs: readonly string[];
  subresources: readonly Subresource[];
  schema: Schema;
  isBuiltIn: boolean;
  hasStatus: boolean;
  countsGenerations: boolean;
  nameRule: NameRule;
  /** Beyond metadata.name and metadata.namespace. */
  selectableFields: readonly string[];
  columns: readonly Column[];
  rules: KindRules;
  /** Answers a deletion with the object, not with a Status. */
  returnsDeleted: boolean;
};

export const apiVersionOf = ({ group, version }: { group: string; version: string }): string =>
  group === '' ? version : `${group}/${version}`;

export const allVerbs = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'] as const;
