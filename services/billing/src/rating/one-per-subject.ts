import type { FoundException } from './rating-values.ts';

type Amount = FoundException['amount'];

// A part whose amount is not known, or is in another currency, makes the whole unknown: too little would be believed.
const sum = (one: Amount, other: Amount): Amount =>
  one && other && one.currency === other.currency
    ? { minor: one.minor + other.minor, currency: one.currency }
    : undefined;

/** One exception for each subject and code: those of its parts are told once, with their amounts together. */
export const onePerSubject = (exceptions: readonly FoundException[]): FoundException[] => {
  const found = new Map<string, FoundException>();
  for (const exception of exceptions) {
    const key = `${exception.subjectKey} ${exception.code}`;
    const before = found.get(key);
    found.set(key, before ? { ...exception, amount: sum(before.amount, exception.amount) } : exception);
  }
  return [...found.values()];
};
