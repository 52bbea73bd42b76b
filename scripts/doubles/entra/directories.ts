import * as z from 'zod';
import { stableUuid } from '../stable-uuid.ts';

const Person = z.strictObject({
  email: z.email(),
  name: z.string().min(1),
  /** Further claims of the ID token: roles, idp, acrs. */
  claims: z.record(z.string(), z.unknown()).optional(),
});

export const Directory = z.strictObject({
  tid: z.guid().toLowerCase(),
  name: z.string().min(1),
  people: z.array(Person).default([]),
});

type Person = z.infer<typeof Person>;
export type Directory = z.infer<typeof Directory>;
export type DirectoryInput = z.input<typeof Directory>;
export type Found = { directory: Directory; person: Person };

/** The object id of a person: fixed by directory and address, so that `npm start -- --reset` keeps it. */
export const oidOf = (tid: string, email: string) => stableUuid('person', tid, email.toLowerCase());

/** The directories known so far, changed in place in the double's state. */
export function directoryBook(read: () => Directory[], changed: () => void) {
  const get = (tid: string) => read().find((directory) => directory.tid === tid.toLowerCase());

  const add = (input: DirectoryInput): Directory => {
    const incoming = Directory.parse(input);
    const known = get(incoming.tid);
    if (!known) read().push(incoming);
    else {
      known.name = incoming.name;
      const replaced = new Set(incoming.people.map(({ email }) => email.toLowerCase()));
      known.people = [...known.people.filter(({ email }) => !replaced.has(email.toLowerCase())), ...incoming.people];
    }
    changed();
    return known ?? incoming;
  };
  const people = (): Found[] =>
    read().flatMap((directory) => directory.people.map((person) => ({ directory, person })));
  return {
    get,
    add,
    all: read,
    people,
    byEmail: (email: string) => people().filter(({ person }) => person.email.toLowerCase() === email.toLowerCase()),
    byOid: (tid: string, oid: string) =>
      people().find(({ directory, person }) => directory.tid === tid && oidOf(tid, person.email) === oid),
  };
}

export type DirectoryBook = ReturnType<typeof directoryBook>;
