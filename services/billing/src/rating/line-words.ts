import { prepaidSpellings } from './billing-term.ts';
import { addDays } from './period.ts';
import type { Charge, TermStretch } from './term-charges.ts';

// The ledger keeps what a line says and not its term: who has to know the term of what was billed reads these words again.

const actOf: Record<Charge['kind'], string> = { begun: '', added: ', seats added', returned: ', seats returned' };

/** `Business Premium, annual, seats added, 2026-07-01 to 2027-02-28`: the days where it is a part of what is paid at once. */
export const lineWords = ({ version, days, of, from, to }: TermStretch, kind: Charge['kind'] = 'begun'): string => {
  const what = `${version.productName}, ${version.billingTerm.toLowerCase()}${actOf[kind]}`;
  return days === of ? what : `${what}, ${from} to ${addDays(to, -1)}`;
};

const spellingOf = new Map(prepaidSpellings.map((spelling) => [spelling.toLowerCase(), spelling]));

// The last words: a product may be called by a term as well.
const endsWithTerm = new RegExp(
  `, (${[...spellingOf.keys()].join('|')})(?:, (?:seats (?:added|returned)|\\d{4}-\\d{2}-\\d{2} to ).*)?$`,
);

/** The billing term that a line says it bills, as it may be spelt; undefined where it bills none that is paid in advance. */
export const termSaid = (description: string): string | undefined =>
  spellingOf.get(endsWithTerm.exec(description)?.[1] ?? '');
