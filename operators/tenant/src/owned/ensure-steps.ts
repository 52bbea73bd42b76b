import type { KubeObject } from '@legendops/operator-runtime/client/resource';
import type { Applier } from '@legendops/operator-runtime/controller/applier';
import { ownedKinds, type OwnedKind, type OwnedKindName } from './owned-kinds.ts';

/** A step for each object that makes it so; new where nothing can be there yet. */
export const ensureSteps = (
  applier: Applier,
  desired: Partial<Record<OwnedKindName, readonly KubeObject[]>>,
  isNew: boolean,
): (() => Promise<boolean>)[] =>
  (Object.entries(desired) as [OwnedKindName, readonly KubeObject[]][]).flatMap(([name, objects]) => {
    const { resource }: OwnedKind = ownedKinds[name];
    return objects.map((object) => () => applier.ensure(resource, object, { isNew }));
  });
