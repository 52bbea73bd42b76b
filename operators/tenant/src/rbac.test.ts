import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAllYaml } from '@kubernetes/client-node';
import { expect, test } from 'vitest';
import { ownedKindNames, ownedKinds, type OwnedKind } from './owned/owned-kinds.ts';
import { configMaps } from './owned/resources.ts';
import { pullSecretName, trustName } from './phases/job-copies.ts';

interface Rule {
  apiGroups: string[];
  resources: string[];
  resourceNames?: string[];
  verbs: string[];
}
interface Manifest {
  kind: string;
  rules?: Rule[];
  spec?: { matchConstraints?: { resourceRules: Rule[] } };
}

const manifests = loadAllYaml(readFileSync(join(import.meta.dirname, '../rbac.yaml'), 'utf8')) as Manifest[];
const clusterRules = manifests.find(({ kind }) => kind === 'ClusterRole')?.rules ?? [];
const held = manifests.find(({ kind }) => kind === 'ValidatingAdmissionPolicy')?.spec?.matchConstraints?.resourceRules;

const groupOf = ({ apiVersion }: OwnedKind['resource']): string =>
  apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '';
const covers = ({ apiGroups, resources }: Rule, { resource }: OwnedKind): boolean =>
  apiGroups.includes(groupOf(resource)) && resources.includes(resource.plural);

const kinds = ownedKindNames.map((name): [string, OwnedKind] => [name, ownedKinds[name]]);

test.each(kinds)('of %s the operator may do what it does, and remove only what it prunes', (_name, kind) => {
  const rules = clusterRules.filter((rule) => covers(rule, kind));
  const desired = ['get', 'list', 'watch', 'create', 'patch', 'update', ...(kind.prunes ? ['delete'] : [])];
  expect(rules.flatMap(({ verbs }) => verbs).sort()).toEqual(desired.sort());
});

test.each(kinds)('writes of %s are held to the namespaces of tenants', (_name, kind) => {
  expect(held?.some((rule) => covers(rule, kind))).toBe(true);
});

test('of Secrets and ConfigMaps it reaches those that it makes, by their names', () => {
  const namesOf = (plural: string) =>
    clusterRules.filter(({ resources }) => resources.includes(plural)).flatMap(({ resourceNames }) => resourceNames);
  expect(namesOf('secrets')).toEqual([...ownedKinds.secrets.names, pullSecretName]);
  expect(namesOf(configMaps.plural)).toEqual([trustName]);
  expect(held?.some(({ resources }) => resources.includes(configMaps.plural))).toBe(true);
});

test('nothing else of the cluster is written', () => {
  const written = clusterRules
    .filter(({ verbs }) => verbs.some((verb) => !['get', 'list', 'watch'].includes(verb)))
    .flatMap(({ resources }) => resources);
  // The copies for jobs are compared in a pass, and no kind that is watched.
  const owned = [...kinds.map(([, { resource }]) => resource.plural), configMaps.plural];
  expect(new Set(written)).toEqual(new Set(['tenants', 'tenants/status', 'namespaces', ...owned]));
});
