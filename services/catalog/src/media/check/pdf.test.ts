import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { aPdf } from '../testing/sample-files.ts';
import { lookAtPdf } from './pdf.ts';

const refusalOf = (bytes: Buffer): string => {
  try {
    lookAtPdf(bytes);
    return 'kept';
  } catch (error) {
    return (error as { code: string }).code;
  }
};
const withStream = (data: Buffer, said = '/Type /ObjStm /Filter /FlateDecode'): Buffer =>
  Buffer.concat([
    aPdf().subarray(0, 9),
    Buffer.from(`9 0 obj\n<< ${said} /N 1 /First 4 /Length ${data.length} >>\nstream\n`),
    data,
    Buffer.from('\nendstream\nendobj\n'),
    aPdf().subarray(9),
  ]);

const script = deflateSync(Buffer.from('3 0 << /S /JavaScript /JS (1) >>'));

describe('a document', () => {
  it('is kept as it is', () => {
    expect(lookAtPdf(aPdf()).bytes).toEqual(aPdf());
    expect(refusalOf(withStream(deflateSync(Buffer.from('3 0 << /Type /Page >>'))))).toBe('kept');
  });

  it.each([
    ['a page', Buffer.from('<!doctype html>%PDF-1.7 %%EOF'), 'type-untrue'],
    ['a PDF behind something else', Buffer.concat([Buffer.from('PK\u0003\u0004'), aPdf()]), 'type-untrue'],
    ['a PDF without its end', aPdf().subarray(0, aPdf().length - 6), 'pdf-broken'],
    ['a PDF with an archive behind it', Buffer.concat([aPdf(), Buffer.from('PK\u0003\u0004')]), 'bytes-after-end'],
    ['a PDF with a script', aPdf('/OpenAction << /S /JavaScript /JS (app.alert(1)) >>'), 'pdf-active'],
    ['a PDF with a script under escapes', aPdf('/OpenAction << /S /J#61vaScript /JS (1) >>'), 'pdf-active'],
    ['a PDF with a script that a film brings', aPdf('/A << /S /Rendition /JS (app.alert(1)) >>'), 'pdf-active'],
    ['a PDF with a form behind a remark', aPdf('/AcroForm << /XFA%\n5 0 R >>'), 'pdf-active'],
    ['a PDF that starts a program', aPdf('/A << /S /Launch /F (cmd.exe) >>'), 'pdf-active'],
    ['a PDF with another file in it', aPdf('/Names << /EmbeddedFiles 5 0 R >>'), 'pdf-active'],
    ['a PDF under a password', aPdf('/Encrypt 5 0 R'), 'pdf-encrypted'],
    ['a PDF with a script that is compressed', withStream(script), 'pdf-active'],
    [
      'a PDF with a script in objects that say much of themselves',
      withStream(script, `/Type /ObjStm /Filter /FlateDecode${' '.repeat(600)}`),
      'pdf-active',
    ],
    [
      'a PDF with a script in objects under escapes',
      withStream(script, '/Type /Obj#53tm /Filter /FlateDecode'),
      'pdf-active',
    ],
    [
      'a PDF with a script that is compressed twice',
      withStream(deflateSync(script), '/Type /ObjStm /Filter [/FlateDecode /FlateDecode]'),
      'pdf-broken',
    ],
    [
      'a PDF with objects whose bytes are written as differences',
      withStream(script, '/Filter /FlateDecode /DecodeParms << /Predictor 12 >> /Type /ObjStm'),
      'pdf-broken',
    ],
    ['a PDF whose objects cannot be read', withStream(Buffer.from('nonsense')), 'pdf-broken'],
    ['a PDF whose objects grow', withStream(deflateSync(Buffer.alloc(40_000_000))), 'pdf-broken'],
  ])('that is %s is refused', (_, bytes, code) => {
    expect(refusalOf(bytes)).toBe(code);
  });
});
