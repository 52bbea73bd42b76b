import type { ObjectStore } from '../store/object-store.ts';
import { builtInKinds } from './built-in-kinds.ts';
import { customKinds } from './custom-kinds.ts';
import { apiVersionOf, type Kind } from './kind.ts';

export const definitionsResource = 'apiextensions.k8s.io/customresourcedefinitions';

export type KindRegistry = {
  all(): readonly Kind[];
  find(group: string, version: string, plural: string): Kind | undefined;
  /** One kind per place where objects are kept. */
  ofResource(resource: string): Kind | undefined;
  named(apiVersion: string, kind: string): Kind | undefined;
  /** Changes with every change of what is served. */
  revision(): number;
};

/** What is served now: the built-in kinds and those of the CustomResourceDefinitions in the store. */
export const kindRegistry = (store: ObjectStore): KindRegistry => {
  const builtIn = builtInKinds();
  let kinds: Kind[] = [];
  let byPath = new Map<string, Kind>();
  let byResource = new Map<string, Kind>();
  let revision = 0;

  const refresh = (): void => {
    kinds = [...builtIn, ...store.list(definitionsResource).flatMap(customKinds)];
    byPath = new Map(kinds.map((kind) => [`${apiVersionOf(kind)}/${kind.plural}`, kind]));
    byResource = new Map(kinds.toReversed().map((kind) => [kind.resource, kind]));
    revision += 1;
  };
  refresh();
  store.subscribe(({ resource, type, object, previous }) => {
    // Its status and metadata say nothing of what is served.
    const isSame = type === 'MODIFIED' && JSON.stringify(object.spec) === JSON.stringify(previous?.spec);
    if (resource === definitionsResource && !isSame) refresh();
  });
  return {
    all: () => kinds,
    find: (group, version, plural) => byPath.get(`${apiVersionOf({ group, version })}/${plural}`),
    ofResource: (resource) => byResource.get(resource),
    named: (apiVersion, name) => kinds.find((kind) => kind.kind === name && apiVersionOf(kind) === apiVersion),
    revision: () => revision,
  };
};
