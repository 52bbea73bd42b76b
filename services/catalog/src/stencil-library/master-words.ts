import { wordsIn } from '../product/words.ts';
import type { StencilMaster } from '../stencil/master.ts';

const mostWords = 200;

/** What a master is found by. */
export const masterWords = ({ name, nameU, keywords, prompt }: StencilMaster): string[] =>
  [...new Set(wordsIn([name, nameU, ...keywords, prompt].join(' ')))].slice(0, mostWords);
