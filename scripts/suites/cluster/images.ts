import { baseImages, buildImage, builtImages, type Machine } from './machine.ts';

const services = ['auth', 'billing', 'catalog', 'portal', 'migrations'];

/** All images that the charts run, and how each is built (docs/operations/install.md). */
const images: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(services.map((name) => [name, ['--build-arg', `PART=services/${name}`]])),
  'tenant-operator': ['--build-arg', 'PART=operators/tenant'],
  frontend: ['-f', 'frontend/Dockerfile'],
  surroundings: ['-f', 'scripts/Dockerfile'],
};

/** Of the suite's own: nobody else's image is taken for it, and nobody's is replaced. */
export const imageTag = 'suite';
export const imageNamed = (name: string): string => `legendops/${name}:${imageTag}`;

/** Builds all images, one after the other: each uses every core. */
export const buildImages = async (): Promise<number> => {
  await baseImages();
  for (const [name, parameters] of Object.entries(images)) await buildImage(imageNamed(name), parameters);
  return Object.keys(images).length;
};

export const loadImages = async ({ load }: Machine): Promise<number> => {
  for (const name of Object.keys(images)) await load(imageNamed(name));
  return Object.keys(images).length;
};

/** Megabytes by image. */
export const buildSizes = async (): Promise<Map<string, number>> => {
  const listed = await builtImages();
  const sizes = new Map<string, number>();
  for (const line of listed.split('\n')) {
    const [, name, size] = new RegExp(`/legendops/(\\S+)\\s+${imageTag}\\s.*?([\\d.]+) MB$`).exec(line.trim()) ?? [];
    if (name !== undefined) sizes.set(name, Number(size));
  }
  return sizes;
};
