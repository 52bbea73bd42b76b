import { keyText, type KubeObject } from '../client/resource.ts';

export type Change<Kind> = { type: 'added' | 'updated' | 'deleted'; object: Kind; previous?: Kind };

/** Names of the groups that an object belongs to, such as its owner. */
export type Index<Kind> = (object: Kind) => readonly string[];

/** What is known of a kind, to be looked up. */
export interface ObjectLookup<Kind extends KubeObject> {
  readonly size: number;
  /** By name, or `namespace/name`. */
  get(key: string): Kind | undefined;
  all(): Kind[];
  inGroup(group: string): Kind[];
}

/** The last known objects of a kind, by name and by indexes. A name with another uid is another object. */
export class ObjectCache<Kind extends KubeObject> implements ObjectLookup<Kind> {
  readonly #objects = new Map<string, Kind>();
  readonly #groups = new Map<string, Set<string>>();
  readonly #index: Index<Kind>;

  constructor(index: Index<Kind> = () => []) {
    this.#index = index;
  }

  get size(): number {
    return this.#objects.size;
  }

  get(key: string): Kind | undefined {
    return this.#objects.get(key);
  }

  all(): Kind[] {
    return [...this.#objects.values()];
  }

  inGroup(group: string): Kind[] {
    return [...(this.#groups.get(group) ?? [])].flatMap((key) => this.#objects.get(key) ?? []);
  }

  put(object: Kind): Change<Kind>[] {
    const key = keyText(object.metadata);
    const previous = this.#objects.get(key);
    if (previous?.metadata.uid !== undefined && previous.metadata.uid !== object.metadata.uid) {
      return [...this.remove(previous), ...this.put(object)];
    }
    if (previous?.metadata.resourceVersion === object.metadata.resourceVersion && previous) return [];
    if (previous) this.#leaveGroups(key, previous);
    this.#objects.set(key, object);
    for (const group of this.#index(object)) {
      const members = this.#groups.get(group) ?? new Set();
      this.#groups.set(group, members.add(key));
    }
    return [previous ? { type: 'updated', object, previous } : { type: 'added', object }];
  }

  remove(object: KubeObject): Change<Kind>[] {
    const key = keyText(object.metadata);
    const previous = this.#objects.get(key);
    if (!previous || previous.metadata.uid !== object.metadata.uid) return [];
    this.#objects.delete(key);
    this.#leaveGroups(key, previous);
    return [{ type: 'deleted', object: previous }];
  }

  /** What a full list of these keys no longer holds was deleted while nobody watched. */
  removeAllBut(listed: ReadonlySet<string>): Change<Kind>[] {
    const gone = [...this.#objects].filter(([key]) => !listed.has(key));
    return gone.flatMap(([, object]) => this.remove(object));
  }

  #leaveGroups(key: string, object: Kind): void {
    for (const group of this.#index(object)) {
      const members = this.#groups.get(group);
      members?.delete(key);
      if (members?.size === 0) this.#groups.delete(group);
    }
  }
}
