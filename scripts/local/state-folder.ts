import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** Where everything of the platform on this machine lives; removed as a whole by `npm start -- --reset`. */
export interface StateFolder {
  root: string;
  /** A folder below, made if need be, readable by the owner alone. */
  folder(...names: string[]): string;
  file(...names: string[]): string;
}

export const stateFolder = (root: string): StateFolder => {
  const folder = (...names: string[]): string => {
    const path = join(root, ...names);
    mkdirSync(path, { recursive: true, mode: 0o700 });
    return path;
  };
  folder();
  return { root, folder, file: (...names) => join(root, ...names) };
};
