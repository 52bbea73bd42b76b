import { locale as ownLocale } from '../../lib/locale.ts';

/** The counts of a run in words: {usageLines: 1200} is "1,200 usage lines". */
export const countWords = (counts: Readonly<Record<string, number>>, locale: string = ownLocale): string =>
  Object.entries(counts)
    .map(([name, count]) => `${count.toLocaleString(locale)} ${wordsOf(name)}`)
    .join(', ');

const wordsOf = (name: string): string =>
  name
    .replace(/[-_.]/g, ' ')
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase();
