// The fonts that are printed with have these scripts, and the signs below the first ideograph.
const known = /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Armenian}\p{Script=Georgian}]/u;
const signs = /[\p{Script=Common}\p{Script=Inherited}]/u;
const firstIdeograph = 0x2e80;

const isPrintable = (character: string): boolean =>
  known.test(character) || (signs.test(character) && (character.codePointAt(0) ?? 0) < firstIdeograph);

/** The text with a box for every character that no font here has; the reader sees that something is missing. */
export const printable = (text: string): string =>
  text.replaceAll(/./gsu, (character) => (isPrintable(character) ? character : '□'));
