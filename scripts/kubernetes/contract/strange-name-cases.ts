import { expect, it } from 'vitest';
import type { Cluster } from '../testing/cluster.ts';
import { configMapsPath, mergePatch, tenantsPath } from './paths.ts';

const names = ['constructor', '__proto__', 'toString', 'hasOwnProperty'];

/** JSON with a key `__proto__`, which an object literal would take for something else. */
const dataOf = (value: string): string => `{${names.map((name) => `"${name}":"${value}"`).join(',')}}`;

const valuesOf = (data: Record<string, string>): string[] =>
  names.map((name) => `${name} ${Object.hasOwn(data, name) ? data[name] : 'missing'}`);

/** Names that every JavaScript object has are names like any other. */
export const strangeNameCases = (cluster: () => Cluster): void => {
  const call = (...[request]: Parameters<Cluster['request']>) => cluster().request(request);
  const path = `${configMapsPath()}/strange-names`;

  it('keeps every key of a map, as it was made, merged and applied', async () => {
    const created = await call({
      method: 'POST',
      path: configMapsPath(),
      body: `{"metadata":{"name":"strange-names"},"data":${dataOf('made')}}`,
    });
    expect([created.status, created.text]).toEqual([201, expect.stringContaining('"__proto__":"made"')]);
    const merged = await call({
      method: 'PATCH',
      path,
      contentType: mergePatch,
      body: `{"data":${dataOf('merged')}}`,
    });
    expect(valuesOf(merged.body.data)).toEqual(names.map((name) => `${name} merged`));
    const applied = await call({
      method: 'PATCH',
      path: `${path}?fieldManager=strange&force=true`,
      contentType: 'application/apply-patch+yaml',
      body: `{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"strange-names"},"data":${dataOf('applied')}}`,
    });
    expect(valuesOf(applied.body.data)).toEqual(names.map((name) => `${name} applied`));
  });

  it.each(names)('does not know a field %s', async (name) => {
    const { status, body } = await call({
      method: 'POST',
      path: `${configMapsPath()}?fieldValidation=Strict&dryRun=All`,
      body: `{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"strange-field"},"${name}":{"a":"b"}}`,
    });
    expect([status, body.message]).toEqual([400, expect.stringContaining(`unknown field "${name}"`)]);
  });

  it.each(names)('serves no kind, group, version, subresource or media type %s', async (name) => {
    const paths = [`/api/v1/${name}`, `/apis/${name}`, `/apis/${name}/v1/x`, `/apis/apps/${name}`, `/${name}`];
    for (const one of [...paths, `${path}/${name}`]) expect((await call({ path: one })).status).toBe(404);
    const patched = await call({ method: 'PATCH', path, contentType: name, body: '{}' });
    expect(patched.status).toBe(415);
  });

  it.each(names.filter((name) => /^[a-z]/.test(name)))(
    'selects nothing by a label %s that nobody has',
    async (name) => {
      const { status, body } = await call({ path: `${tenantsPath}?labelSelector=${name}` });
      expect([status, body.items]).toEqual([200, []]);
    },
  );
};
