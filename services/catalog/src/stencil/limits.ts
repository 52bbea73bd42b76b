const mebibyte = 1024 * 1024;

/** Measured on 85 real stencils: at most 411 entries, 23 MB inflated, 12.7 MB an entry, 54:1, 374 masters, 6 levels, 4 kB said of a master. */
export interface StencilLimits {
  fileBytes: number;
  entries: number;
  entryBytes: number;
  inflatedBytes: number;
  /** Inflated to deflated, of one entry, once it has given `ratioFreeBytes`. */
  ratio: number;
  ratioFreeBytes: number;
  xmlDepth: number;
  shapeDepth: number;
  masters: number;
  /** Of what is said of one master, and of all: each has its properties, connection points and keywords. */
  masterBytes: number;
  mastersBytes: number;
  /** Of one preview: a drawing that outgrows it is shown by its icon. */
  previewBytes: number;
  previewsBytes: number;
  imagePixels: number;
  timeMs: number;
  heapMegabytes: number;
}

export const stencilLimits: StencilLimits = {
  fileBytes: 50 * mebibyte,
  entries: 5_000,
  entryBytes: 64 * mebibyte,
  inflatedBytes: 256 * mebibyte,
  ratio: 200,
  ratioFreeBytes: mebibyte,
  xmlDepth: 256,
  shapeDepth: 32,
  masters: 2_000,
  masterBytes: mebibyte / 8,
  mastersBytes: 16 * mebibyte,
  previewBytes: 8 * mebibyte,
  previewsBytes: 64 * mebibyte,
  imagePixels: 16_000_000,
  timeMs: 30_000,
  heapMegabytes: 128,
};
