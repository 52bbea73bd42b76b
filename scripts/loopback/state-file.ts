import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export type StateFile<T> = {
  readonly value: T;
  /** Call after changing the value in place: it is written within a fifth of a second, and on close. */
  changed: () => void;
  replace: (value: T) => void;
  close: () => void;
};

type Options<T> = { directory: string | undefined; name: string; initial: () => T };

/** A double's state as one JSON file that is always whole. Without a directory it lives in memory alone. */
export function stateFile<T>({ directory, name, initial }: Options<T>): StateFile<T> {
  const path = directory === undefined ? undefined : join(directory, `${name}.json`);
  let value: T = path !== undefined && existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : initial();
  let timer: NodeJS.Timeout | undefined;

  const write = () => {
    timer = undefined;
    if (path === undefined || directory === undefined) return;
    mkdirSync(directory, { recursive: true });
    // It holds secrets of the local platform.
    writeFileSync(`${path}.new`, JSON.stringify(value), { mode: 0o600 });
    renameSync(`${path}.new`, path);
  };
  const changed = () => {
    timer ??= setTimeout(write, 200).unref();
  };
  return {
    get value() {
      return value;
    },
    changed,
    replace: (next) => {
      value = next;
      changed();
    },
    close: () => {
      if (timer === undefined) return;
      clearTimeout(timer);
      write();
    },
  };
}
