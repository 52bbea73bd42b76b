import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { buildPortal } from '../local/portal-build.ts';

const limitBytes = 130 * 1024;

/** JavaScript that a browser loads before it shows anything: what index.html names, gzipped. */
export const portalSizeFindings = async (root: string): Promise<string[]> => {
  const folder = await buildPortal(root);
  const page = readFileSync(join(folder, 'index.html'), 'utf8');
  const first = readdirSync(join(folder, 'assets')).filter((name) => name.endsWith('.js') && page.includes(name));
  const bytes = first.reduce((total, name) => total + gzipSync(readFileSync(join(folder, 'assets', name))).length, 0);
  if (first.length === 0) return ['index.html names no script'];
  return bytes <= limitBytes ? [] : [`the first load is ${bytes} bytes of gzipped JavaScript, ${limitBytes} is the limit`];
};
