import { ownEntry } from '@legendops/kit/contract/own-entry';
import { badRequest } from '../object/api-error.ts';
import { objectAt, textOf, type KubeObject } from '../object/kube-object.ts';

export type Selector = (object: KubeObject) => boolean;

type Requirement = { key: string; test: (value: string | undefined) => boolean };

const setBased = /^(\S+)\s+(in|notin)\s+\(([^)]*)\)$/;
const compared = /^([^=!\s]+)\s*(==|=|!=)\s*(\S*)$/;
const labelKey = /^([a-z0-9A-Z.-]+\/)?[A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9])?$/;

// Commas inside of parentheses belong to a set.
const terms = (text: string): string[] =>
  text
    .split(/,(?![^(]*\))/)
    .map((term) => term.trim())
    .filter(Boolean);

const labelRequirement = (term: string): Requirement => {
  const set = setBased.exec(term);
  if (set) {
    const values = new Set((set[3] ?? '').split(',').map((value) => value.trim()));
    return set[2] === 'in'
      ? { key: set[1] ?? '', test: (value) => value !== undefined && values.has(value) }
      : { key: set[1] ?? '', test: (value) => value === undefined || !values.has(value) };
  }
  const comparison = compared.exec(term);
  if (comparison) {
    const [, key = '', operator, wanted] = comparison;
    return operator === '!=' ? { key, test: (value) => value !== wanted } : { key, test: (value) => value === wanted };
  }
  if (term.startsWith('!')) return { key: term.slice(1).trim(), test: (value) => value === undefined };
  return { key: term, test: (value) => value !== undefined };
};

export const labelSelector = (text: string): Selector => {
  const requirements = terms(text).map(labelRequirement);
  for (const { key } of requirements)
    if (!labelKey.test(key))
      throw badRequest(
        `unable to parse requirement: <nil>: Invalid value: "${key}": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character`,
      );
  return ({ metadata }) => requirements.every(({ key, test }) => test(ownEntry(metadata.labels ?? {}, key)));
};

const valueAt = (object: KubeObject, path: string): string => {
  const fields = path.split('.');
  return textOf(objectAt(object, ...fields.slice(0, -1))[fields.at(-1) ?? '']);
};

/** Kinds with fields of their own answer differently from those that have the common two alone. */
const unsupportedField = (field: string, fields: readonly string[]): string => {
  const names = fields.map((name) => JSON.stringify(name)).join(', ');
  return fields.length === 2 && fields.includes('metadata.namespace')
    ? `"${field}" is not a known field selector: only ${names}`
    : `field label not supported: ${field}`;
};

export type FieldSelection = { matches: Selector; name: string | undefined };

/** `fields` are those that the kind knows; others are refused as kube does. */
export const fieldSelector = (text: string, fields: readonly string[]): FieldSelection => {
  const requirements = terms(text).map((term) => {
    const comparison = compared.exec(term);
    if (!comparison) throw badRequest(`invalid selector: '${text}'; can't understand '${term}'`);
    const [, field = '', operator, wanted] = comparison;
    if (!fields.includes(field)) throw badRequest(unsupportedField(field, fields));
    return { field, isEqual: operator !== '!=', wanted: wanted ?? '' };
  });
  const named = requirements.find(({ field, isEqual }) => field === 'metadata.name' && isEqual);
  return {
    matches: (object) =>
      requirements.every(({ field, isEqual, wanted }) => (valueAt(object, field) === wanted) === isEqual),
    name: named?.wanted,
  };
};
