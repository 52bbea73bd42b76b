import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asLineOfText, lineOfText, optionalLine, PersonName } from './line-of-text.ts';

const Line = lineOfText(256);
const code = (text: string): string => Array.from(text, (one) => `U+${one.codePointAt(0)?.toString(16)}`).join(' ');

// One of each kind that may not stand in a line, and what it is.
const hidden = [
  '\n',
  '\r',
  '\t',
  '\0',
  '\u001b',
  '\u007f',
  '\u0085', // next line
  '\u00ad', // soft hyphen
  '\u034f', // combining grapheme joiner
  '\u061c', // Arabic letter mark
  '\u115f', // Hangul filler
  '\u200b', // zero width space
  '\u200c', // zero width non-joiner
  '\u200d', // zero width joiner
  '\u200e', // left-to-right mark
  '\u202e', // right-to-left override
  '\u2028', // line separator
  '\u2029', // paragraph separator
  '\u2060', // word joiner
  '\u2066', // left-to-right isolate
  '\u2800', // blank pattern of Braille
  '\u3164', // Hangul filler
  '\ufeff', // byte order mark
  '\ufff9', // annotation anchor
  '\u{e0041}', // tag letter
  '\ue000', // private use
  '\ud800', // half a character
];

describe('a line of text', () => {
  it.each(['Booking.com', 'Müller & Söhne GmbH', '株式会社 例', 'محمد', '3M', "O'Neill", 'Tailspin Toys (EU) – 2'])(
    'may be %s',
    (name) => {
      expect(Line.parse(name)).toBe(name);
    },
  );

  it.each(hidden.map((one) => [code(one), one]))('holds no %s', (_code, one) => {
    for (const text of [`a${one}b`, `${one}${one}a${one}b`]) expect(Line.safeParse(text).success).toBe(false);
    expect(asLineOfText(`a${one}b`, 256)).toBe('a b');
  });

  it.each(['', '   ', '—', '...', '\u00a0'])('says something: “%s” does not', (text) => {
    expect(Line.safeParse(text).success).toBe(false);
  });

  it('is kept trimmed, in the one normal form, with one space where there are blanks', () => {
    expect(Line.parse('  Mu\u0308ller ')).toBe('Müller');
    expect(optionalLine(8).parse('   ')).toBe('');
    expect(Line.parse('Tailspin  \u00a0\u3000Toys')).toBe('Tailspin Toys');
    expect(lineOfText(3).safeParse('abcd').success).toBe(false);
  });

  it('is what becomes of any text from elsewhere, or nothing is left', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), fc.integer({ min: 1, max: 20 }), (text, longest) => {
        const kept = asLineOfText(text, longest);
        expect(optionalLine(longest).safeParse(kept)).toEqual({ success: true, data: kept });
      }),
    );
  });
});

describe('a person’s name', () => {
  it.each(['Ada Lovelace', 'J.R.R. Tolkien', 'Dr. Ada Müller', 'María-José O’Neill', 'Ng', '王秀英', 'Sr. E. 2'])(
    'may be %s',
    (name) => {
      expect(PersonName.parse(name)).toBe(name);
    },
  );

  it.each([
    'Pay at https://evil.example',
    'evil.example/pay',
    'x.co',
    'www.evil',
    'mail me@evil',
    'Ada\nhttps://evil.example',
    'ｅｖｉｌ．ｃｏｍ',
    'evil。com',
    'Ada. evil.com now',
    '192.168.10.1',
    'evil.कॉम',
    'evil.भारत',
    'evil.বাংলা',
  ])('is no link: %s', (name) => {
    expect(PersonName.safeParse(name).success).toBe(false);
  });
});
