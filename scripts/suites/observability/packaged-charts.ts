import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, globSync, mkdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { parse } from 'yaml';

export type Values = { [key: string]: unknown };

const isValues = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const merged = (below: Values, above: Values): Values =>
  Object.fromEntries(
    [...new Set([...Object.keys(below), ...Object.keys(above)])].map((key) => {
      const [low, high] = [below[key], above[key]];
      return [key, isValues(low) && isValues(high) ? merged(low, high) : key in above ? high : low];
    }),
  );

const read = (path: string): Values => parse(readFileSync(path, 'utf8')) as Values;

const valuesIn = (chart: string): Values => {
  const within = globSync('charts/*/values.yaml', { cwd: chart }).map((path) => dirname(path));
  return merged(
    Object.fromEntries(within.map((path) => [basename(path), valuesIn(join(chart, path))])),
    read(join(chart, 'values.yaml')),
  );
};

/** The values that a packaged chart has by itself, those of the charts within it included. */
export const defaultsOf = (archive: string, folder: string): Values => {
  mkdirSync(folder, { recursive: true });
  execFileSync('tar', ['xzf', archive, '-C', folder]);
  const [chart = ''] = globSync('*/Chart.yaml', { cwd: folder });
  return valuesIn(join(folder, dirname(chart)));
};

/** Paths of values that a chart does not know: what nobody reads there. */
export const unknownPaths = (values: Values, defaults: Values, path = ''): string[] =>
  Object.entries(values).flatMap(([key, value]) => {
    const here = `${path}/${key}`;
    if (!(key in defaults)) return [here];
    const known = defaults[key];
    // An empty default is filled by whoever installs.
    return isValues(value) && isValues(known) && Object.keys(known).length > 0 ? unknownPaths(value, known, here) : [];
  });

/** A copy of a chart with its dependencies from the folder of packages; undefined where one is not there. */
export const withDependencies = (chart: string, packages: string, folder: string): string | undefined => {
  const { dependencies } = read(join(chart, 'Chart.yaml')) as { dependencies: { name: string; version: string }[] };
  const archives = dependencies.map(({ name, version }) => join(packages, `${name}-${version}.tgz`));
  if (!archives.every((archive) => existsSync(archive))) return undefined;
  cpSync(chart, folder, { recursive: true });
  mkdirSync(join(folder, 'charts'), { recursive: true });
  for (const archive of archives) cpSync(archive, join(folder, 'charts', basename(archive)));
  return folder;
};
