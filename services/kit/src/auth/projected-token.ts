import { readFile } from 'node:fs/promises';

/** Reads a projected service account token when it is needed: the kubelet replaces the file before it expires. */
export const projectedToken = (path: string) => async (): Promise<string> => (await readFile(path, 'utf8')).trim();
