let connected = false;
const covered = new Set<unknown>();

/** Whether changes of what is read at this path are told, so that what was read holds until then. */
export const isLive = (path: unknown): boolean => connected && covered.has(path);

export const setLive = (now: boolean): void => {
  connected = now;
};

/** Says that the changes of these paths are told to whoever is here. */
export const cover = (paths: readonly string[]): void => {
  for (const path of paths) covered.add(path);
};
