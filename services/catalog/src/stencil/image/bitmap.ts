/** Pixels from the upper left corner, four bytes each: red, green, blue, opacity. */
export interface Bitmap {
  width: number;
  height: number;
  rgba: Buffer;
}

interface Layout {
  width: number;
  height: number;
  isTopDown: boolean;
  bits: number;
  colours: Buffer;
  pixels: number;
  stride: number;
}

const strideOf = (width: number, bits: number): number => Math.ceil((width * bits) / 32) * 4;

/** Of a BITMAPINFOHEADER and an uncompressed picture (MS-WMF 2.2.2.3); undefined for any other. */
const layoutOf = (dib: Buffer, mostPixels: number, kind: 'bitmap' | 'icon'): Layout | undefined => {
  if (dib.length < 40) return undefined;
  const headerBytes = dib.readUInt32LE(0);
  const width = dib.readInt32LE(4);
  const signedHeight = dib.readInt32LE(8);
  const height = Math.abs(signedHeight) / (kind === 'icon' ? 2 : 1);
  const bits = dib.readUInt16LE(14);
  if (headerBytes < 40 || headerBytes > 124 || dib.readUInt32LE(16) !== 0) return undefined;
  if (width < 1 || height < 1 || !Number.isInteger(height) || width * height > mostPixels) return undefined;
  if (![1, 4, 8, 24, 32].includes(bits)) return undefined;
  const colourCount = bits > 8 ? 0 : dib.readUInt32LE(32) || 2 ** bits;
  if (colourCount > 256) return undefined;
  const pixels = headerBytes + colourCount * 4;
  const stride = strideOf(width, bits);
  if (dib.length < pixels + stride * height) return undefined;
  return {
    width,
    height,
    isTopDown: signedHeight < 0,
    bits,
    colours: dib.subarray(headerBytes, pixels),
    pixels,
    stride,
  };
};

/** A device-independent bitmap; an icon's has its mask of transparent pixels behind it. */
export const readBitmap = (dib: Buffer, mostPixels: number, kind: 'bitmap' | 'icon' = 'bitmap'): Bitmap | undefined => {
  const layout = layoutOf(dib, mostPixels, kind);
  if (!layout) return undefined;
  const { width, height, bits, colours, pixels, stride } = layout;
  const maskStart = pixels + stride * height;
  const maskStride = strideOf(width, 1);
  const hasMask = kind === 'icon' && bits < 32 && dib.length >= maskStart + maskStride * height;
  const bitAt = (rowStart: number, x: number, size: number): number =>
    ((dib[rowStart + ((x * size) >> 3)] ?? 0) >> (8 - size - ((x * size) & 7))) & (2 ** size - 1);
  const rgba = Buffer.alloc(width * height * 4);
  for (let y = 0; y < height; y += 1) {
    const row = layout.isTopDown ? y : height - 1 - y;
    const rowStart = pixels + row * stride;
    for (let x = 0; x < width; x += 1) {
      const [source, at] = bits > 8 ? [dib, rowStart + x * (bits / 8)] : [colours, bitAt(rowStart, x, bits) * 4];
      const to = (y * width + x) * 4;
      rgba[to] = source[at + 2] ?? 0;
      rgba[to + 1] = source[at + 1] ?? 0;
      rgba[to + 2] = source[at] ?? 0;
      const isMasked = hasMask && bitAt(maskStart + row * maskStride, x, 1) === 1;
      rgba[to + 3] = isMasked ? 0 : kind === 'icon' && bits === 32 ? (source[at + 3] ?? 255) : 255;
    }
  }
  return { width, height, rgba };
};
