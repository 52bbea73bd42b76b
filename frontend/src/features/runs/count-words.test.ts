import { expect, test } from 'vitest';
import { countWords } from './count-words.ts';

test('the counts of a run read as words', () => {
  expect(countWords({ companies: 12, corrected: 0, usageLines: 18_233, 'in-doubt': 1 }, 'en-US')).toBe(
    '12 companies, 18,233 usage lines, 1 in doubt',
  );
});

test('a run that found nothing has no words', () => {
  expect(countWords({ created: 0 }, 'en-US')).toBe('');
});
