import { z } from 'zod';

// What is not seen, or changes how the rest is seen: controls and line ends, marks of direction and of no width, private
// characters, halves of characters, blanks that are no space.
const hidden = '\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}\\p{Co}\\p{Default_Ignorable_Code_Point}\\u2800';
const visible = new RegExp(`^[^${hidden}]*$`, 'u');
const readable = /[\p{L}\p{N}]/u;

// What a mail program makes a link of, also where the full stop is a wide or an ideographic one. Domains of Indian scripts
// have a vowel sign for their second character (.भारत).
const link = /:\/\/|@|\bwww[.。]|[^\s.。][.。][\p{L}\p{N}][\p{L}\p{M}\p{N}]/iu;

// Two names that look alike are one: a page shows several spaces as one, and a space that does not break like any other.
const withPlainSpaces = (text: string): string => text.replaceAll(/\p{Zs}+/gu, ' ');

/** One line of what can be seen, or nothing. */
export const optionalLine = (longest: number) =>
  z.string().trim().normalize('NFC').overwrite(withPlainSpaces).max(longest).regex(visible, {
    error: 'Write it in one line of characters that can be seen',
    abort: true,
  });

/** A name that people give to a thing: such a line with a letter or a digit in it. */
export const lineOfText = (longest: number) =>
  optionalLine(longest).min(1, { abort: true }).regex(readable, 'Write a letter or a digit');

/** A person's name. It greets them in mails, where a link would be one that we have sent. */
export const PersonName = lineOfText(256).refine(
  (name) => !link.test(name.normalize('NFKC')),
  'A name holds no link and no address; write a space after a full stop',
);

/** A name from elsewhere as a line of ours: what is not allowed is left out rather than refused. May be empty. */
export const asLineOfText = (text: string, longest: number): string =>
  text
    .normalize('NFC')
    .replaceAll(new RegExp(`[\\s${hidden}]+`, 'gu'), ' ')
    .trim()
    .slice(0, longest)
    .replace(/[\ud800-\udbff]$/, '') // half of a character that was cut
    .trim();
