import { isObject, type JsonObject } from '../object/kube-object.ts';

const referenced = '#/components/schemas/';

/** A schema of version 3 as version 2 writes it: a reference stands alone, and there is neither anyOf nor nullable. */
const older = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(older);
  if (!isObject(value)) return value;
  const [only] = Array.isArray(value.allOf) ? (value.allOf as unknown[]) : [];
  if (isObject(only) && typeof only.$ref === 'string') return { $ref: only.$ref.replace(referenced, '#/definitions/') };
  const { anyOf: _any, oneOf: _one, not: _not, nullable: _nullable, ...rest } = value;
  return Object.fromEntries(
    Object.entries(rest).map(([key, child]) => [
      key,
      key === '$ref' && typeof child === 'string' ? child.replace(referenced, '#/definitions/') : older(child),
    ]),
  );
};

/** The one document of older clients, put together from those of version 3. */
export const oldDocument = (documents: Iterable<string>, version: string): JsonObject => {
  const definitions: JsonObject = {};
  const paths: JsonObject = {};
  for (const text of documents) {
    const document = JSON.parse(text) as { paths: JsonObject; components: { schemas: JsonObject } };
    Object.assign(definitions, older(document.components.schemas));
    for (const [path, operations] of Object.entries(document.paths)) paths[path] = oldOperations(operations);
  }
  return { swagger: '2.0', info: { title: 'Kubernetes', version }, paths, definitions };
};

const oldOperations = (operations: unknown): JsonObject =>
  Object.fromEntries(
    Object.entries(isObject(operations) ? operations : {}).map(([verb, operation]) => {
      if (!isObject(operation)) return [verb, operation];
      const { responses: _responses, parameters: _parameters, requestBody: _body, ...rest } = operation;
      return [verb, { ...rest, produces: ['application/json'], responses: { 200: { description: 'OK' } } }];
    }),
  );
