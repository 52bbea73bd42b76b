import type { Invitation, Member } from '@legendops/auth/contract';

export type Person = Member | Invitation;
export type PersonState = Person['state'] | 'undelivered' | 'expired';

/** What there is to know about a person: of an invitation also whether it came, and whether it still holds. */
export const stateOf = (person: Person, now: Date): PersonState => {
  if (!('expiresAt' in person)) return person.state;
  if (person.state === 'pending' && person.mailFailedAt !== null) return 'undelivered';
  if (person.state === 'sent' && person.expiresAt !== null && new Date(person.expiresAt) <= now) return 'expired';
  return person.state;
};
