import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { toolsFolder } from '../../kubernetes/testing/control-plane.ts';
import { environments, manifestsOf, render, type Manifest } from './rendered.ts';

const source = readFileSync(join(import.meta.dirname, '../../../operators/tenant/rbac.yaml'), 'utf8');
const keyOf = ({ kind, metadata }: Manifest): string => `${kind} ${metadata.namespace ?? ''}/${metadata.name}`;

describe.skipIf(toolsFolder === undefined)('the operator’s rights in charts/legendops (needs LEGENDOPS_TOOLS)', () => {
  it.each(environments)('for %s are those that its suite runs under, and no others', async (environment) => {
    const rendered = manifestsOf(await render(environment));
    const wanted = manifestsOf(source);
    expect(wanted.length).toBeGreaterThan(6);
    for (const object of wanted) {
      const found = rendered.filter((one) => keyOf(one) === keyOf(object));
      expect(found.map(keyOf)).toEqual([keyOf(object)]);
      const [{ metadata, ...rest }] = found as [Manifest];
      const { annotations = {}, ...named } = metadata;
      expect({ metadata: named, ...rest }).toEqual(object);
      expect(Object.keys(annotations).filter((name) => name !== 'azure.workload.identity/client-id')).toEqual([]);
    }
    const bound = rendered.filter(
      ({ kind, ...object }) => kind.endsWith('Binding') && JSON.stringify(object).includes('"tenant-operator"'),
    );
    expect(bound.map(keyOf).sort()).toEqual(
      wanted
        .filter(({ kind }) => kind.endsWith('RoleBinding'))
        .map(keyOf)
        .sort(),
    );
  });
});
