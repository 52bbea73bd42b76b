import { describe, expect, it } from 'vitest';
import { aJpeg, aPixelBomb, aPng, exifOfACamera, jpegSegment, pngChunk } from '../testing/sample-files.ts';
import { lookAtPicture, type PixelType } from './picture.ts';

const refusalOf = (bytes: Buffer, contentType: PixelType): Promise<string> =>
  lookAtPicture(bytes, contentType).then(
    () => 'kept',
    (error: { code?: string; message: string }) => error.code ?? error.message,
  );

const png = aPng();
const jpeg = aJpeg();
const small = await lookAtPicture(aPng({ width: 40, height: 20 }), 'image/png');
const webp = Buffer.from(small.thumbnail?.bytes ?? []);
const changed = (bytes: Buffer, at: number): Buffer => {
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ 0xff;
  return copy;
};
const moving = pngChunk('acTL', Buffer.from([0, 0, 0, 2, 0, 0, 0, 0]));
const webpChunk = (type: string, data: Buffer): Buffer => {
  const head = Buffer.from(`${type}\0\0\0\0`, 'latin1');
  head.writeUInt32LE(data.length, 4);
  return Buffer.concat([head, data]);
};
const aWebp = (...chunks: Buffer[]): Buffer => {
  const body = Buffer.concat([Buffer.from('WEBP'), ...chunks]);
  const head = Buffer.from('RIFF\0\0\0\0', 'latin1');
  head.writeUInt32LE(body.length, 4);
  return Buffer.concat([head, body]);
};

describe('a picture', () => {
  it.each<[PixelType, Buffer]>([
    ['image/png', png],
    ['image/jpeg', jpeg],
    ['image/webp', webp],
  ])('of %s is kept with its size', async (contentType, bytes) => {
    const { widthPx, heightPx, bytes: kept } = await lookAtPicture(bytes, contentType);
    expect([widthPx, heightPx]).toEqual(contentType === 'image/webp' ? [40, 20] : [8, 8]);
    expect(Buffer.from(kept)).toEqual(bytes);
  });

  it('has a small one of 320 pixels at most, of the same proportions', async () => {
    const { thumbnail } = await lookAtPicture(aPng({ width: 1000, height: 500 }), 'image/png');
    const again = await lookAtPicture(Buffer.from(thumbnail?.bytes ?? []), 'image/webp');
    expect([thumbnail?.contentType, again.widthPx, again.heightPx]).toEqual(['image/webp', 320, 160]);
  });

  it('does not tell where it was taken, and is not turned by that', async () => {
    const { bytes, thumbnail } = await lookAtPicture(aJpeg([exifOfACamera(6)]), 'image/jpeg');
    expect(Buffer.from(bytes).includes('GPS')).toBe(false);
    expect(Buffer.from(bytes)).toEqual(aJpeg([exifOfACamera(6).subarray(0, 36)].map((one) => withLength(one))));
    // The small one would not be turned.
    expect(thumbnail).toBeUndefined();
    expect((await lookAtPicture(aJpeg([exifOfACamera(1)]), 'image/jpeg')).bytes).toEqual(jpeg);
  });

  it('leaves out what is no part of it', async () => {
    const script = '<script>alert(1)</script>';
    const told = aPng({ extra: [pngChunk('tEXt', Buffer.from(`Comment\0${script}`))] });
    expect((await lookAtPicture(told, 'image/png')).bytes).toEqual(png);
    const commented = aJpeg([jpegSegment(0xfe, Buffer.from(script)), jpegSegment(0xe2, Buffer.from('MPF\0'))]);
    expect((await lookAtPicture(commented, 'image/jpeg')).bytes).toEqual(jpeg);
    const behind = Buffer.concat([jpeg, Buffer.from('PK\u0003\u0004 another file')]);
    expect((await lookAtPicture(behind, 'image/jpeg')).bytes).toEqual(jpeg);
    const inner = webp.subarray(12);
    const exif = aWebp(inner, webpChunk('EXIF', Buffer.from('GPS ')));
    expect((await lookAtPicture(exif, 'image/webp')).bytes).toEqual(webp);
  });

  it.each<[string, Buffer, PixelType, string]>([
    [
      'a page under the name of a picture',
      Buffer.from('<!doctype html><script>1</script>'),
      'image/png',
      'type-untrue',
    ],
    ['a program', Buffer.from('MZ\u0090\0 program'), 'image/jpeg', 'type-untrue'],
    ['a JPEG that is said to be a PNG', jpeg, 'image/png', 'type-untrue'],
    ['a PNG that is said to be a JPEG', png, 'image/jpeg', 'type-untrue'],
    ['a GIF that is a script, too', Buffer.from('GIF89a/*\0\0*/=1;alert(1)'), 'image/webp', 'type-untrue'],
    ['nothing but a beginning', png.subarray(0, 8), 'image/png', 'image-broken'],
    ['a PNG without its second half', png.subarray(0, png.length / 2), 'image/png', 'image-broken'],
    ['a PNG without its end', png.subarray(0, png.length - 12), 'image/png', 'image-broken'],
    ['a PNG of which a byte was changed', changed(png, 50), 'image/png', 'image-broken'],
    [
      'a PNG with an archive behind it',
      Buffer.concat([png, Buffer.from('PK\u0003\u0004')]),
      'image/png',
      'bytes-after-end',
    ],
    ['a PNG with two sizes', aPng({ extra: [aPng().subarray(8, 33)] }), 'image/png', 'image-broken'],
    ['a PNG that moves', aPng({ extra: [moving] }), 'image/png', 'image-animated'],
    ['many pixels in few bytes', aPixelBomb(60_000, 60_000), 'image/png', 'image-too-large'],
    ['the most pixels that a number can say', aPixelBomb(0x7fff_ffff, 0x7fff_ffff), 'image/png', 'image-too-large'],
    ['a line of pixels', aPixelBomb(20_000, 1), 'image/png', 'image-too-large'],
    ['no pixels', aPixelBomb(0, 5), 'image/png', 'image-broken'],
    ['a PNG with fewer pixels than it says', aPixelBomb(2000, 2000), 'image/png', 'image-broken'],
    ['a JPEG without its end', jpeg.subarray(0, jpeg.length - 2), 'image/jpeg', 'image-broken'],
    ['a JPEG without its pixels', jpeg.subarray(0, 40), 'image/jpeg', 'image-broken'],
    ['a JPEG without a size', Buffer.from([0xff, 0xd8, 0xff, 0xd9]), 'image/jpeg', 'image-broken'],
    ['a WebP without its second half', webp.subarray(0, webp.length / 2), 'image/webp', 'image-broken'],
    ['a WebP with more behind it', Buffer.concat([webp, Buffer.from('more')]), 'image/webp', 'bytes-after-end'],
    [
      'a WebP that moves',
      aWebp(webpChunk('VP8X', Buffer.from([2, 0, 0, 0, 7, 0, 0, 7, 0, 0]))),
      'image/webp',
      'image-animated',
    ],
    ['a WebP without a picture', aWebp(webpChunk('ICCP', Buffer.alloc(12))), 'image/webp', 'image-broken'],
  ])('that is %s is refused', async (_, bytes, contentType, code) => {
    expect(await refusalOf(bytes, contentType)).toBe(code);
  });

  it('is kept without the small pictures that a program put in it, which may show what was cut off', async () => {
    const said = (small: number[]) =>
      jpegSegment(0xe0, Buffer.from([...Buffer.from('JFIF\0'), 1, 2, 0, 0, 1, 0, 1, ...small]));
    const small = jpegSegment(0xe0, Buffer.from('JFXX\0\x13 another picture'));
    const { bytes } = await lookAtPicture(aJpeg([said([1, 1, 255, 0, 0]), small]), 'image/jpeg');
    expect(bytes).toEqual(aJpeg([said([0, 0])]));
  });

  it('cut anywhere is refused, and never half kept', async () => {
    for (const [contentType, bytes] of [
      ['image/png', png],
      ['image/jpeg', jpeg],
      ['image/webp', webp],
    ] as const)
      for (let length = 12; length < bytes.length; length += 7)
        expect(`${length} ${await refusalOf(bytes.subarray(0, length), contentType)}`).toMatch(
          /image-broken|type-untrue/,
        );
  });
});

// The segment as it is written when it says the turn alone.
function withLength(segment: Buffer): Buffer {
  const copy = Buffer.from(segment);
  copy.writeUInt16BE(copy.length - 2, 2);
  return copy;
}
