import type { KindRegistry } from '../kinds/kind-registry.ts';
import { apiVersionOf, type Kind } from '../kinds/kind.ts';

const aggregatedTypes = ['v2', 'v2beta1'];

/** The version of aggregated discovery that the client prefers, if it knows it. */
const aggregatedVersion = (accept: string): string | undefined =>
  aggregatedTypes.find((version) =>
    accept
      .split(',')
      .some(
        (part) =>
          part.includes('as=APIGroupDiscoveryList') &&
          part.includes(`v=${version};`.slice(0, -1)) &&
          part.includes('g=apidiscovery.k8s.io'),
      ),
  );

const gvk = ({ group, version, kind }: { group: string; version: string; kind: string }) => ({ group, version, kind });

const discovered = (kind: Kind) => ({
  resource: kind.plural,
  responseKind: gvk(kind),
  scope: kind.namespaced ? 'Namespaced' : 'Cluster',
  singularResource: kind.singular,
  verbs: kind.verbs,
  ...(kind.shortNames.length > 0 && { shortNames: kind.shortNames }),
  ...(kind.categories.length > 0 && { categories: kind.categories }),
  ...(kind.subresources.length > 0 && {
    subresources: kind.subresources.map((each) => ({
      subresource: each.name,
      responseKind: gvk(each.kind),
      verbs: each.verbs,
    })),
  }),
});

const groupsOf = (kinds: readonly Kind[]): Map<string, Map<string, Kind[]>> => {
  const groups = new Map<string, Map<string, Kind[]>>();
  for (const kind of kinds) {
    const versions = groups.get(kind.group) ?? new Map<string, Kind[]>();
    groups.set(kind.group, versions);
    versions.set(kind.version, [...(versions.get(kind.version) ?? []), kind]);
  }
  return groups;
};

const aggregated = (kinds: readonly Kind[], version: string) => ({
  kind: 'APIGroupDiscoveryList',
  apiVersion: `apidiscovery.k8s.io/${version}`,
  metadata: {},
  items: [...groupsOf(kinds)].map(([group, versions]) => ({
    metadata: group === '' ? {} : { name: group },
    versions: [...versions].map(([name, ofVersion]) => ({
      version: name,
      resources: ofVersion.map(discovered),
      freshness: 'Current',
    })),
  })),
});

const apiGroup = (group: string, versions: Iterable<string>) => {
  const all = [...versions].map((version) => ({ groupVersion: `${group}/${version}`, version }));
  return { name: group, versions: all, preferredVersion: all[0] };
};

const apiResources = (kind: Kind) => [
  {
    name: kind.plural,
    singularName: kind.singular,
    namespaced: kind.namespaced,
    kind: kind.kind,
    verbs: kind.verbs,
    ...(kind.shortNames.length > 0 && { shortNames: kind.shortNames }),
    ...(kind.categories.length > 0 && { categories: kind.categories }),
  },
  ...kind.subresources.map((each) => ({
    name: `${kind.plural}/${each.name}`,
    singularName: '',
    namespaced: kind.namespaced,
    ...(each.kind.group !== kind.group && { group: each.kind.group, version: each.kind.version }),
    kind: each.kind.kind,
    verbs: each.verbs,
  })),
];

/** What the server serves, in the aggregated form that kubectl asks for and in the older one of a document per group. */
export const discovery =
  (kinds: KindRegistry) =>
  (path: string, accept: string): object | undefined => {
    const segments = path.split('/').filter((segment) => segment !== '');
    const isCore = segments[0] === 'api';
    const mine = kinds.all().filter(({ group }) => (group === '') === isCore);
    const version = aggregatedVersion(accept);
    if (segments.length === 1) {
      if (version !== undefined) return aggregated(mine, version);
      if (isCore) return { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs: [] };
      const groups = [...groupsOf(mine)].map(([group, versions]) => apiGroup(group, versions.keys()));
      return { kind: 'APIGroupList', apiVersion: 'v1', groups };
    }
    const group = isCore ? '' : (segments[1] ?? '');
    const versions = groupsOf(mine).get(group);
    if (!versions) return undefined;
    if (!isCore && segments.length === 2)
      return { kind: 'APIGroup', apiVersion: 'v1', ...apiGroup(group, versions.keys()) };
    const ofVersion = versions.get(segments.at(-1) ?? '');
    const first = ofVersion?.[0];
    if (!ofVersion || !first || segments.length !== (isCore ? 2 : 3)) return undefined;
    return {
      kind: 'APIResourceList',
      apiVersion: 'v1',
      groupVersion: apiVersionOf(first),
      resources: ofVersion.flatMap(apiResources),
    };
  };
