import { createHash } from 'node:crypto';
import type { KindRegistry } from '../kinds/kind-registry.ts';
import { apiVersionOf, type Kind } from '../kinds/kind.ts';
import type { Schema } from '../schema/schema.ts';

const rootOf = (kind: Kind): string => (kind.group === '' ? `api/${kind.version}` : `apis/${apiVersionOf(kind)}`);

const schemaName = (kind: Kind): string =>
  [...kind.group.split('.').toReversed(), kind.version, kind.kind].filter(Boolean).join('.');

// kubectl shows what follows the last dot.
const componentName = (model: string): string => `io.k8s.${model.replace(/V1/, '')}`;

type Components = Record<string, object>;

/** Models become components of their own: they contain each other, and clients read a part at a time. */
const published = (schema: Schema, components: Components): object => {
  const { model, properties, items, additionalProperties, allOf, anyOf, oneOf, not, ...plain } = schema;
  const all = (list: readonly Schema[]) => list.map((part) => published(part, components));
  const body = {
    ...plain,
    ...(properties && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([key, child]) => [key, published(child, components)]),
      ),
    }),
    ...(items && { items: published(items, components) }),
    ...(additionalProperties !== undefined && {
      additionalProperties:
        typeof additionalProperties === 'object' ? published(additionalProperties, components) : additionalProperties,
    }),
    ...(allOf && { allOf: all(allOf) }),
    ...(anyOf && { anyOf: all(anyOf) }),
    ...(oneOf && { oneOf: all(oneOf) }),
    ...(not && { not: published(not, components) }),
  };
  if (model === undefined) return body;
  const name = componentName(model);
  components[name] ??= body;
  // What a field adds to its model, such as how its map merges, stands beside the reference.
  return { allOf: [{ $ref: `#/components/schemas/${name}` }], default: {} };
};

const parameters = ['dryRun', 'fieldManager', 'fieldValidation'].map((name) => ({
  name,
  in: 'query',
  schema: { type: 'string', uniqueItems: true },
}));

const operation = (kind: Kind, action: string) => ({
  operationId: `${action}${kind.kind}`,
  ...(['post', 'put', 'patch'].includes(action) && { parameters }),
  responses: {
    200: {
      description: 'OK',
      content: { 'application/json': { schema: { $ref: `#/components/schemas/${schemaName(kind)}` } } },
    },
  },
  'x-kubernetes-action': action,
  'x-kubernetes-group-version-kind': { group: kind.group, version: kind.version, kind: kind.kind },
});

const pathsOf = (kind: Kind): Record<string, object> => {
  const list = `/${rootOf(kind)}/${kind.namespaced ? 'namespaces/{namespace}/' : ''}${kind.plural}`;
  const on = (...actions: string[]) => Object.fromEntries(actions.map((action) => [action, operation(kind, action)]));
  if (!kind.verbs.includes('get')) return { [list]: on('post') };
  return { [list]: on('get', 'post', 'delete'), [`${list}/{name}`]: on('get', 'put', 'patch', 'delete') };
};

const documentOf = (kinds: readonly Kind[]) => {
  const components: Components = {};
  for (const kind of kinds) {
    const { model: _, ...schema } = kind.schema;
    components[schemaName(kind)] = {
      ...published(schema, components),
      'x-kubernetes-group-version-kind': [{ group: kind.group, version: kind.version, kind: kind.kind }],
    };
  }
  return {
    openapi: '3.0.0',
    info: { title: 'Kubernetes', version: 'v1.36.0' },
    paths: Object.assign({}, ...kinds.map(pathsOf)) as Record<string, object>,
    components: { schemas: components },
  };
};

/** A document per group and version, as `kubectl explain` and `kubectl apply` read it. */
export const openApi = (kinds: KindRegistry) => {
  let built: { revision: number; documents: Map<string, string> } | undefined;
  const documents = (): Map<string, string> => {
    if (built?.revision === kinds.revision()) return built.documents;
    const byRoot = Map.groupBy(kinds.all(), rootOf);
    const texts = new Map([...byRoot].map(([root, ofRoot]) => [root, JSON.stringify(documentOf(ofRoot))]));
    built = { revision: kinds.revision(), documents: texts };
    return texts;
  };
  const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex').toUpperCase();
  return {
    index: (): object => ({
      paths: Object.fromEntries(
        [...documents()].map(([root, text]) => [
          root,
          { serverRelativeURL: `/openapi/v3/${root}?hash=${hashOf(text)}` },
        ]),
      ),
    }),
    document: (root: string): string | undefined => documents().get(root),
    all: (): Iterable<string> => documents().values(),
  };
};
