import { isDeepStrictEqual } from 'node:util';
import { nameErrors, labelErrors } from '../kinds/name-rules.ts';
import type { Kind } from '../kinds/kind.ts';
import { checkRules } from '../schema/cel-rules.ts';
import { dropEmpties } from '../schema/drop-empties.ts';
import { applyDefaults, dropNulls } from '../schema/defaults.ts';
import { validateValue } from '../schema/validate.ts';
import { invalid, invalidValue, type FieldError } from '../object/api-error.ts';
import { objectAt, type KubeObject, type Metadata } from '../object/kube-object.ts';

export const fillDefaults = (kind: Kind, object: KubeObject): void => {
  if (kind.isBuiltIn) dropEmpties(object, kind.schema);
  else applyDefaults(object, kind.schema);
  kind.rules.defaults?.(object);
};

/** Of what is written whole; what is applied is refused for them. */
export const forgetNulls = (kind: Kind, object: KubeObject): KubeObject => {
  if (!kind.isBuiltIn) dropNulls(object, kind.schema);
  return object;
};

const uncheckedRules: FieldError = {
  field: '<nil>',
  reason: 'FieldValueInvalid',
  message:
    'Invalid value: null: some validation rules were not checked because the object was invalid; correct the existing errors to complete validation',
};

// After these the rules could meet values that they do not expect.
const blocking = new Set([
  'FieldValueRequired',
  'FieldValueTypeInvalid',
  'FieldValueNotSupported',
  'FieldValueTooLong',
  'FieldValueTooMany',
]);

const customErrors = (kind: Kind, object: KubeObject, live: KubeObject | undefined): FieldError[] => {
  const errors = validateValue(object, kind.schema);
  const isBroken = errors.some(({ reason }) => blocking.has(reason));
  if (!isBroken) return [...errors, ...checkRules(object, live, kind.schema)];
  return [...errors, uncheckedRules];
};

const finalizerErrors = ({ metadata }: KubeObject, live: KubeObject | undefined): FieldError[] => {
  if (live?.metadata.deletionTimestamp === undefined) return [];
  const added = (metadata.finalizers ?? []).filter((name) => !live.metadata.finalizers?.includes(name));
  if (added.length === 0) return [];
  return [
    {
      field: 'metadata.finalizers',
      reason: 'FieldValueForbidden',
      message: `Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{${added.map((name) => JSON.stringify(name)).join(', ')}}`,
    },
  ];
};

const ownerErrors = ({ ownerReferences = [] }: Metadata): FieldError[] =>
  ownerReferences.flatMap((owner, index) =>
    (['apiVersion', 'kind', 'name', 'uid'] as const)
      .filter((field) => !owner[field])
      .map((field) =>
        invalidValue(`metadata.ownerReferences[${index}].${field}`, owner[field] ?? '', 'must not be empty'),
      ),
  );

/** Refuses an object that must not be stored, with everything that is wrong with it. */
export const validateObject = (kind: Kind, object: KubeObject, live: KubeObject | undefined): void => {
  const errors = [
    ...(live ? [] : nameErrors(object.metadata.name, kind.nameRule)),
    ...labelErrors(object.metadata),
    ...ownerErrors(object.metadata),
    ...finalizerErrors(object, live),
    ...(kind.isBuiltIn ? [] : customErrors(kind, object, live)),
    ...(kind.rules.validate?.(object, live) ?? []),
  ];
  if (errors.length > 0) throw invalid(kind, object.metadata.name, errors);
};

const outsideOfGeneration = new Set(['metadata', 'status', 'apiVersion', 'kind']);

const specOf = (kind: Kind, object: KubeObject): unknown =>
  kind.isBuiltIn
    ? objectAt(object, 'spec')
    : Object.fromEntries(
        Object.entries(object).filter(([field]) =>
          field === 'status' ? !kind.hasStatus : !outsideOfGeneration.has(field),
        ),
      );

/** The generation of the object after a change: one more when what is wanted changed, or its deletion began. */
export const nextGeneration = (kind: Kind, object: KubeObject, live: KubeObject): number | undefined => {
  const { generation } = live.metadata;
  if (!kind.countsGenerations || generation === undefined) return generation;
  return isDeepStrictEqual(specOf(kind, object), specOf(kind, live)) ? generation : generation + 1;
};

/** Metadata that no client can change. */
export const keepSystemMetadata = (object: KubeObject, live: KubeObject): void => {
  const { metadata } = object;
  metadata.name = live.metadata.name;
  const fixed = [
    'namespace',
    'uid',
    'creationTimestamp',
    'deletionTimestamp',
    'deletionGracePeriodSeconds',
    'generation',
    'resourceVersion',
    'generateName',
  ] as const;
  for (const field of fixed) {
    const value = live.metadata[field];
    if (value === undefined) delete metadata[field];
    else Object.assign(metadata, { [field]: value });
  }
};
