import { expect, it } from 'vitest';
import type { Cluster } from '../testing/cluster.ts';
import { causesOf, definitionsPath, mergePatch } from './paths.ts';

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

  it('remembers every version in which objects may be stored, and keeps it served', async () => {
    const call = (...[request]: Parameters<Cluster['request']>) => cluster().request(request);
    const path = `${definitionsPath}/marks.versions.example.com`;
    const version = (name: string, storage: boolean) => ({
      name,
      served: true,
      storage,
      schema: { openAPIV3Schema: { type: 'object' } },
    });
    const definition = {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'marks.versions.example.com' },
      spec: {
        group: 'versions.example.com',
        scope: 'Cluster',
        names: { plural: 'marks', kind: 'Mark' },
        versions: [version('v1', true)],
      },
    };
    await call({ method: 'POST', path: definitionsPath, body: definition });
    const patched = (versions: object[]) =>
      call({ method: 'PATCH', path, body: { spec: { versions } }, contentType: mergePatch });
    const { body } = await patched([version('v1', false), version('v2', true)]);
    expect(body.status.storedVersions).toEqual(['v1', 'v2']);
    const { status, body: refusal } = await patched([version('v2', true)]);
    expect(status).toBe(422);
    expect(causesOf(refusal)).toEqual(['FieldValueInvalid status.storedVersions[0]']);
    await call({ method: 'DELETE', path });
  });
};
