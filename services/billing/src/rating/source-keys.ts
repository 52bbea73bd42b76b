import { monthOf } from './period.ts';

/**
 * Source keys name what a line bills, and the ledger takes each once. Posted lines keep theirs, whatever became of the
 * form since:
 *
 *     subscription:<id>:<month>[:<from>]                             a month, or a stretch of it
 *     subscription:<id>:term:<begin>[:<from>]                        a term, or a further stretch of it
 *     subscription:<id>:term:<begin>:added|returned:<on>[:<from>]    seats of its middle
 *     subscription:<id>:<month>                                      a term, as it was named before terms had names
 */

const date = /^\d{4}-\d{2}-\d{2}$/;

/** A key under which the same was billed, where the line says that it is so: a month's key was a term's as well. */
export interface FormerKey {
  sourceKey: string;
  ofTerm: boolean;
}

/** Every key under which what a source names may have been billed: its own, that of the whole, and that of old times. */
export const keysOf = (sourceKey: string): FormerKey[] => {
  const parts = sourceKey.split(':');
  if (parts[0] !== 'subscription') return [{ sourceKey, ofTerm: false }];
  const [kind, id, first = '', begin = ''] = parts;
  const ofTerm = first === 'term';
  // The name of the whole: the month, the term, or the day on which seats of its middle came or went.
  const named = ofTerm ? (date.test(parts[4] ?? '') || parts[4] === undefined ? 4 : 6) : 3;
  const keys: FormerKey[] = [];
  for (let length = parts.length; length >= named; length -= 1)
    keys.push({ sourceKey: parts.slice(0, length).join(':'), ofTerm });
  if (ofTerm && named === 4) keys.push({ sourceKey: [kind, id, monthOf(begin).start].join(':'), ofTerm });
  return keys;
};

/** The day on which the term begins that a line of this key bills; undefined where it bills none. */
export const termBegin = (sourceKey: string): string | undefined => {
  const [kind, , first, begin = ''] = sourceKey.split(':');
  return kind === 'subscription' && first === 'term' && date.test(begin) ? begin : undefined;
};
