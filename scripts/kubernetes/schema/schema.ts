import { ownEntry } from '@legendops/kit/contract/own-entry';

/** The part of OpenAPI that a structural schema may use, with Kubernetes' extensions. */
export type Schema = {
  readonly type?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly required?: readonly string[];
  readonly default?: unknown;
  readonly nullable?: boolean;
  readonly format?: string;
  readonly pattern?: string;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: boolean;
  readonly exclusiveMaximum?: boolean;
  readonly multipleOf?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly not?: Schema;
  readonly 'x-kubernetes-int-or-string'?: boolean;
  readonly 'x-kubernetes-preserve-unknown-fields'?: boolean;
  readonly 'x-kubernetes-embedded-resource'?: boolean;
  readonly 'x-kubernetes-list-type'?: 'atomic' | 'set' | 'map';
  readonly 'x-kubernetes-list-map-keys'?: readonly string[];
  readonly 'x-kubernetes-map-type'?: 'atomic' | 'granular';
  readonly 'x-kubernetes-patch-strategy'?: string;
  readonly 'x-kubernetes-patch-merge-key'?: string;
  readonly 'x-kubernetes-validations'?: readonly ValidationRule[];
  /** Set on built-in models: the name below components.schemas. */
  readonly model?: string;
};

export type ValidationRule = {
  readonly rule: string;
  readonly message?: string;
  readonly messageExpression?: string;
  readonly reason?: string;
  readonly fieldPath?: string;
  readonly optionalOldSelf?: boolean;
};

/** The named property; a key that every JavaScript object has is none. */
export const propertyOf = (schema: Schema | undefined, key: string): Schema | undefined =>
  schema?.properties && ownEntry(schema.properties, key);

/** What describes the value of a key: a named property or any other entry of a map. */
export const schemaOfKey = (schema: Schema | undefined, key: string): Schema | undefined => {
  const property = propertyOf(schema, key);
  if (property) return property;
  return typeof schema?.additionalProperties === 'object' ? schema.additionalProperties : undefined;
};

export const childPath = (path: string, key: string): string => (path === '' ? key : `${path}.${key}`);

/** The entries of a list-map that tell one item from another, with defaults of the schema filled in. */
export const keyOfItem = (schema: Schema, item: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    (schema['x-kubernetes-list-map-keys'] ?? [])
      .toSorted()
      .map((key) => [key, item[key] ?? propertyOf(schema.items, key)?.default])
      .filter(([, value]) => value !== undefined),
  );

export const isKeyedList = (schema: Schema | undefined): schema is Schema =>
  schema?.['x-kubernetes-list-type'] === 'map';
export const isSet = (schema: Schema | undefined): boolean => schema?.['x-kubernetes-list-type'] === 'set';

/** Free-form values have no known shape below them: apply treats each key as a field, validation accepts all. */
export const isAtomic = (schema: Schema | undefined, value: unknown): boolean =>
  Array.isArray(value) ? !isKeyedList(schema) && !isSet(schema) : schema?.['x-kubernetes-map-type'] === 'atomic';
