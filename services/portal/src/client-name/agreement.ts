/** A customer's name, and that of the client that it is. */
export interface Names {
  ours: string;
  theirs: string;
}

/**
 * What is left to do: nothing; to write ours there; to take theirs; or a person says which, because both were changed since.
 */
export type Next = 'nothing' | 'send' | 'take' | 'ask';

/**
 * Whoever changed the name since both were last agreed leads. Names that differ when they are first seen were linked by a person
 * who saw both: they may. A change of ours that comes back is the name that both have, and so no change.
 */
export const nextOf = (now: Names, agreed: Names | null): Next => {
  if (agreed === null || now.ours === now.theirs) return 'nothing';
  const isOursChanged = now.ours !== agreed.ours;
  const isTheirsChanged = now.theirs !== agreed.theirs;
  if (isOursChanged && isTheirsChanged) return 'ask';
  if (isOursChanged) return 'send';
  return isTheirsChanged ? 'take' : 'nothing';
};
