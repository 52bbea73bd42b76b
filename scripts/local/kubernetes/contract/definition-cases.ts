import { expect, it } from 'vitest';
import type { Cluster } from './cluster.ts';
import { causesOf, definitionsPath } from './paths.ts';

const aDefinition = (name: string, schema: object = { type: 'object' }) => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name },
  spec: {
    group: 'example.com',
    scope: 'Cluster',
    names: { plural: 'rights', kind: 'Right' },
    versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: schema } }],
  },
});

const text = { type: 'string', default: 'x' };
const ruled = (rule: string, byDefault?: object): object => ({
  type: 'object',
  properties: {
    spec: {
      type: 'object',
      properties: { a: text, b: text },
      ...(byDefault && { default: byDefault }),
      'x-kubernetes-validations': [{ rule }],
    },
  },
});
const place = 'spec.validation.openAPIV3Schema.properties[spec]';

export const definitionCases = (cluster: () => Cluster): void => {
  it.each([
    ['whose name does not fit', 'wrong.example', undefined, 'FieldValueInvalid metadata.name'],
    [
      'with a default that its own rule refuses',
      'rights.example.com',
      ruled("!has(self.a) || self.a != 'x'", { a: 'x' }),
      `FieldValueInvalid ${place}.default`,
    ],
    [
      'whose rule reads a field that the default does not have yet',
      'rights.example.com',
      ruled('self.a == self.b', {}),
      `FieldValueInvalid ${place}.default`,
    ],
    [
      'with a rule that is none',
      'rights.example.com',
      ruled('self.a =='),
      `FieldValueInvalid ${place}.x-kubernetes-validations[0].rule`,
    ],
  ])('refuses a definition %s', async (_, name, schema, cause) => {
    const { status, body } = await cluster().request({
      method: 'POST',
      path: definitionsPath,
      body: aDefinition(name, schema),
    });
    expect(status).toBe(422);
    expect(causesOf(body)).toEqual([cause]);
  });
};
