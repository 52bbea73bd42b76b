import { at, setAt, type Resource } from './resource.ts';

/** Something that must hold of every resource that it applies to. */
export interface Rule {
  /** The checkov id where checkov has the rule, else a name of ours. */
  id: string;
  says: string;
  applies(resource: Resource): boolean;
  holds(resource: Resource, all: readonly Resource[]): boolean;
  /** A small edit after which the rule must not hold of the resource; the tests try each. */
  breaks(resource: Resource, all: Resource[]): void;
}

const ofType =
  (type: string) =>
  (resource: Resource): boolean =>
    resource.type === type;

/** Every resource of a type has the value at the path. */
export const always = (
  id: string,
  says: string,
  { type, path, is, not }: { type: string; path: string; is: unknown; not: unknown },
): Rule => ({
  id,
  says,
  applies: ofType(type),
  holds: (resource) => at(resource, path) === is,
  breaks: (resource) => setAt(resource, path, not),
});

export const rule = (
  id: string,
  says: string,
  { type, ...rest }: { type: string } & Pick<Rule, 'holds' | 'breaks'>,
): Rule => ({ id, says, applies: ofType(type), ...rest });
