// What companies add to their names, or leave out, without becoming another one.
const legalForms = new Set(
  'inc incorporated llc llp lp ltd limited plc corp corporation co company gmbh ag kg ug bv nv sa sas sarl srl spa ab as aps oy pty pte'.split(
    ' ',
  ),
);

// Marks of direction and of no width, which nobody sees: with them a name looks the same and would be another one.
const hidden = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;

/** A name without what tells no two companies apart: case, accents, punctuation, legal forms. */
export const plainName = (name: string): string => {
  const words = name
    .normalize('NFKD')
    .replaceAll(hidden, '')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('&', ' and ')
    .replaceAll(/[.'’]/gu, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
  const telling = words.filter((word, index) => !(legalForms.has(word) || (index === 0 && word === 'the')));
  return (telling.length > 0 ? telling : words).join(' ');
};
