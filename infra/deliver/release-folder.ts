import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { imageKeys, images, type ImageKey } from './chart-values.ts';

const digestForm = /^sha256:[0-9a-f]{64}$/;

const digestIn = (path: string): string => {
  const built = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
  const digest = built['containerimage.digest'];
  if (typeof digest !== 'string' || !digestForm.test(digest))
    throw new Error(`${path} names no digest: it is what docker buildx writes with --metadata-file`);
  return digest;
};

/** The digests of the images in a folder of archives, each told by the builder beside its archive. */
export const digestsIn = (folder: string): Record<ImageKey, string> =>
  Object.fromEntries(imageKeys.map((key) => [key, digestIn(join(folder, `${images[key]}.json`))])) as Record<
    ImageKey,
    string
  >;
