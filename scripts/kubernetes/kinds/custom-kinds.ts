import { invalidValue, requiredValue, type FieldError } from '../object/api-error.ts';
import { isObject, listAt, objectAt, timestamp, type JsonObject, type KubeObject } from '../object/kube-object.ts';
import { builtInSchema } from '../schema/built-in-models.ts';
import { checkRules, checkSyntax } from '../schema/cel-rules.ts';
import type { Schema } from '../schema/schema.ts';
import { ageOf } from './ages.ts';
import { jsonPath } from './json-path.ts';
import { allVerbs, type Column, type Kind, type KindRules } from './kind.ts';

export const cleanupFinalizer = 'customresourcecleanup.apiextensions.k8s.io';

type Names = {
  kind: string;
  listKind?: string;
  plural: string;
  singular?: string;
  shortNames?: string[];
  categories?: string[];
};
type PrinterColumn = {
  name: string;
  type: string;
  jsonPath: string;
  format?: string;
  description?: string;
  priority?: number;
};

const nameColumn: Column = { name: 'Name', type: 'string', format: 'name', cell: ({ metadata }) => metadata.name };

const cellOf = ({ type, jsonPath: path }: PrinterColumn): Column['cell'] => {
  const read = jsonPath(path);
  return (object, now) => {
    const value = read(object)[0];
    if (value === undefined || value === null) return null;
    if (type === 'date') return ageOf(value, now);
    if (type === 'string' && typeof value !== 'string') return JSON.stringify(value);
    return value;
  };
};

const columnsOf = (version: JsonObject): Column[] => {
  const given = listAt(version, 'additionalPrinterColumns') as PrinterColumn[];
  const columns = given.length > 0 ? given : [{ name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' }];
  return [
    nameColumn,
    ...columns.map((column) => ({
      name: column.name,
      type: column.type,
      description: column.description ?? `Custom resource definition column (in JSONPath format): ${column.jsonPath}`,
      ...(column.format !== undefined && { format: column.format }),
      ...(column.priority !== undefined && { priority: column.priority }),
      cell: cellOf(column),
    })),
  ];
};

/** The schema of a version with the fields that every object has. */
const fullSchema = (version: JsonObject): Schema => {
  const schema = objectAt(version, 'schema', 'openAPIV3Schema') as Schema;
  return {
    ...schema,
    properties: {
      ...schema.properties,
      apiVersion: { type: 'string', ...schema.properties?.apiVersion },
      kind: { type: 'string', ...schema.properties?.kind },
      metadata: builtInSchema('V1ObjectMeta'),
    },
  };
};

/** The kinds that a CustomResourceDefinition serves, one per version. */
export const customKinds = (definition: KubeObject): Kind[] => {
  const spec = objectAt(definition, 'spec');
  const names = spec.names as Names;
  const group = String(spec.group);
  return listAt(spec, 'versions')
    .filter((version): version is JsonObject => isObject(version) && version.served === true)
    .map((version) => {
      const hasStatus = isObject(objectAt(version, 'subresources').status);
      const base = { group, version: String(version.name), kind: names.kind };
      return {
        ...base,
        listKind: names.listKind ?? `${names.kind}List`,
        plural: names.plural,
        singular: names.singular ?? names.kind.toLowerCase(),
        namespaced: spec.scope === 'Namespaced',
        shortNames: names.shortNames ?? [],
        categories: names.categories ?? [],
        resource: `${group}/${names.plural}`,
        verbs: allVerbs,
        subresources: hasStatus ? [{ name: 'status', verbs: ['get', 'patch', 'update'], kind: base }] : [],
        schema: fullSchema(version),
        isBuiltIn: false,
        hasStatus,
        countsGenerations: true,
        nameRule: 'subdomain',
        selectableFields: listAt(version, 'selectableFields').map((field) => String(objectAt(field).jsonPath).slice(1)),
        columns: columnsOf(version),
        rules: {},
        returnsDeleted: false,
      } satisfies Kind;
    });
};

/** A check of a schema and of every schema inside it. */
const atEvery = (check: (schema: JsonObject, path: string) => FieldError[]) => {
  const walk = (schema: unknown, path: string): FieldError[] =>
    isObject(schema)
      ? [
          ...check(schema, path),
          ...Object.entries(objectAt(schema, 'properties')).flatMap(([name, child]) =>
            walk(child, `${path}.properties[${name}]`),
          ),
          ...walk(schema.items, `${path}.items`),
        ]
      : [];
  return walk;
};

const ruleErrors = atEvery((schema, path) =>
  listAt(schema, 'x-kubernetes-validations').flatMap((rule, index) => {
    const text = objectAt(rule).rule;
    const why = checkSyntax(String(text));
    const field = `${path}.x-kubernetes-validations[${index}].rule`;
    return why === undefined ? [] : [invalidValue(field, text, `compilation failed: ${why}`)];
  }),
);

/** The server tries the rules on each default as it stands, before the fields inside it have theirs. */
const defaultErrors = atEvery((schema, path) =>
  schema.default === undefined
    ? []
    : checkRules(schema.default, undefined, schema as Schema).map((error) => ({ ...error, field: `${path}.default` })),
);

const schemaErrors = (schema: unknown, path: string): FieldError[] => {
  const ofDefaults = defaultErrors(schema, path);
  return ofDefaults.length > 0 ? ofDefaults : ruleErrors(schema, path);
};

const definitionErrors = (definition: KubeObject): FieldError[] => {
  const spec = objectAt(definition, 'spec');
  const names = objectAt(spec, 'names');
  const wanted = `${String(names.plural)}.${String(spec.group)}`;
  const versions = listAt(spec, 'versions');
  const stored = versions.filter((version) => objectAt(version).storage === true).length;
  return [
    ...(definition.metadata.name === wanted
      ? []
      : [invalidValue('metadata.name', definition.metadata.name, 'must be spec.names.plural+"."+spec.group')]),
    ...['group', 'scope'].filter((field) => !spec[field]).map((field) => requiredValue(`spec.${field}`)),
    ...['plural', 'kind'].filter((field) => !names[field]).map((field) => requiredValue(`spec.names.${field}`)),
    ...(stored === 1
      ? []
      : [invalidValue('spec.versions', undefined, 'must have exactly one version marked as storage version')]),
    ...versions.flatMap((version, index) => {
      // The server speaks of one version's schema as of the definition's own.
      const path =
        versions.length === 1 ? 'spec.validation.openAPIV3Schema' : `spec.versions[${index}].schema.openAPIV3Schema`;
      const schema = objectAt(version, 'schema').openAPIV3Schema;
      return isObject(schema) ? schemaErrors(schema, path) : [requiredValue(path, 'schemas are required')];
    }),
  ];
};

const storageVersions = (definition: KubeObject): unknown[] =>
  listAt(definition, 'spec', 'versions')
    .filter((version) => objectAt(version).storage === true)
    .map((version) => objectAt(version).name);

/** A version in which objects may be stored cannot go. */
const lostVersionErrors = (definition: KubeObject): FieldError[] => {
  const served = new Set(listAt(definition, 'spec', 'versions').map((version) => objectAt(version).name));
  return listAt(definition, 'status', 'storedVersions').flatMap((version, index) =>
    served.has(version)
      ? []
      : [
          invalidValue(
            `status.storedVersions[${index}]`,
            version,
            `missing from spec.versions; ${String(version)} was previously a storage version, and must remain in spec.versions until a storage migration ensures no data remains persisted in ${String(version)} and removes ${String(version)} from status.storedVersions`,
          ),
        ],
  );
};

const condition = (type: string, reason: string, message: string, now: Date) => ({
  type,
  status: 'True',
  reason,
  message,
  lastTransitionTime: timestamp(now),
});

export const definitionRules: KindRules = {
  defaults: (definition) => {
    const spec = definition.spec as JsonObject | undefined;
    const names = objectAt(spec, 'names');
    if (!spec || typeof names.kind !== 'string') return;
    names.singular ??= names.kind.toLowerCase();
    names.listKind ??= `${names.kind}List`;
    spec.conversion ??= { strategy: 'None' };
  },
  onCreate: (definition, now) => {
    definition.metadata.finalizers = [...(definition.metadata.finalizers ?? []), cleanupFinalizer];
    const spec = objectAt(definition, 'spec');
    definition.status = {
      conditions: [
        condition('NamesAccepted', 'NoConflicts', 'no conflicts found', now),
        condition('Established', 'InitialNamesAccepted', 'the initial names have been accepted', now),
      ],
      acceptedNames: spec.names,
      storedVersions: storageVersions(definition),
    };
  },
  onUpdate: (definition, live) => {
    const before = listAt(live, 'status', 'storedVersions');
    const now = storageVersions(definition);
    const storedVersions = [...before, ...now.filter((version) => !before.includes(version))];
    definition.status = { ...objectAt(definition, 'status'), storedVersions };
  },
  validate: (definition, live) => [...definitionErrors(definition), ...(live ? lostVersionErrors(definition) : [])],
};
