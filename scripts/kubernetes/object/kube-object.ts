import type { OwnerReference } from '@legendops/operator-runtime/client/resource';

export type JsonObject = Record<string, unknown>;

export type ManagedFieldsEntry = {
  manager: string;
  operation: 'Apply' | 'Update';
  apiVersion: string;
  time?: string;
  fieldsType: 'FieldsV1';
  fieldsV1: JsonObject;
  subresource?: string;
};

export type Metadata = {
  name: string;
  namespace?: string;
  generateName?: string;
  uid?: string;
  resourceVersion?: string;
  generation?: number;
  creationTimestamp?: string;
  deletionTimestamp?: string;
  deletionGracePeriodSeconds?: number;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  finalizers?: string[];
  ownerReferences?: OwnerReference[];
  managedFields?: ManagedFieldsEntry[];
};

/** Objects in the store are never changed in place: readers may keep them. */
export type KubeObject = { apiVersion: string; kind: string; metadata: Metadata; [field: string]: unknown };

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The object below a field, or an empty one. */
export const objectAt = (parent: unknown, ...path: string[]): JsonObject => {
  let value = parent;
  for (const field of path) value = isObject(value) ? value[field] : undefined;
  return isObject(value) ? value : {};
};

export const listAt = (parent: unknown, ...path: string[]): unknown[] => {
  const last = path.at(-1) ?? '';
  const value = objectAt(parent, ...path.slice(0, -1))[last];
  return Array.isArray(value) ? value : [];
};

/** Keys come from clients: `__proto__` is one like any other, and an assignment would not make it one. */
export const setEntry = (object: JsonObject, key: string, value: unknown): void => {
  Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
};

/** A scalar as text; anything else as the fallback. */
export const textOf = (value: unknown, fallback = ''): string =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : fallback;

export const copyOf = <T>(value: T): T => structuredClone(value);

/** Kubernetes times have whole seconds. */
export const timestamp = (date: Date): string => date.toISOString().replace(/\.\d{3}Z$/, 'Z');
