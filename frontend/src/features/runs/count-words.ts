import { numberFormat } from '../../lib/intl-formats.ts';
import { locale as ownLocale } from '../../lib/locale.ts';

/** The counts of a run in words: {usageLines: 1200, removed: 0} is "1,200 usage lines". What did not happen is left out. */
export const countWords = (counts: Readonly<Record<string, number>>, locale: string = ownLocale): string =>
  Object.entries(counts)
    .filter(([, count]) => count !== 0)
    .map(([name, count]) => `${numberFormat(locale, {}).format(count)} ${wordsOf(name)}`)
    .join(', ');

const wordsOf = (name: string): string =>
  name
    .replace(/[-_.]/g, ' ')
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase();
