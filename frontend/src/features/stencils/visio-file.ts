const visioTypes = {
  vssx: 'application/vnd.ms-visio.stencil.main+xml',
  vsdx: 'application/vnd.ms-visio.drawing.main+xml',
  vstx: 'application/vnd.ms-visio.template.main+xml',
  vssm: 'application/vnd.ms-visio.stencil.macroEnabled.main+xml',
  vsdm: 'application/vnd.ms-visio.drawing.macroEnabled.main+xml',
  vstm: 'application/vnd.ms-visio.template.macroEnabled.main+xml',
} as const;

/** What the file is, by its name: no browser knows a type for Visio's files. */
export const visioTypeOf = (fileName: string): string | undefined => {
  const lower = fileName.toLowerCase();
  return Object.entries(visioTypes).find(([ending]) => lower.endsWith(`.${ending}`))?.[1];
};

/** For a file dialog. */
export const visioEndings = Object.keys(visioTypes)
  .map((ending) => `.${ending}`)
  .join(',');

/** The way out, where a name tells already that the file is not read. */
export const wayOut = (fileName: string): string =>
  /\.(vss|vst|vsd)$/i.test(fileName)
    ? `This is a file of a Visio before 2013, which is not read. Open it in Visio, and save it as .${fileName.slice(-3).toLowerCase()}x.`
    : 'Choose a file of Visio: .vssx, or .vsdx and .vstx for the shapes of a drawing or a template.';

/** A name for a stencil, from that of its file. */
export const nameFrom = (fileName: string): string =>
  fileName
    .replace(/\.[^.]*$/, '')
    .replaceAll(/[-_]+/g, ' ')
    .trim();

/** As a version keeps it: what a file system would not take is left out. */
export const savedName = (fileName: string): string => {
  const plain = fileName.replaceAll(/["\\/:*?<>|]/g, '-');
  const ending = plain.slice(plain.lastIndexOf('.'));
  return plain.slice(0, -ending.length).slice(0, 128 - ending.length) + ending;
};
