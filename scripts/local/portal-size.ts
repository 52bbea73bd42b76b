import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { z } from 'zod';
import { buildPortal } from './portal-build.ts';

/** A quarter below the 100 kB that the first load may weigh at most. */
export const firstLoadLimitBytes = 75_000;

/** What a signed-in person's first screen needs: the page, the portal, the worklist, and all that these import. */
const firstScreen = ['index.html', 'src/app/portal.tsx', 'src/app/routes/worklist-route.tsx'];

const Manifest = z.record(z.string(), z.object({ file: z.string(), imports: z.array(z.string()).default([]) }));

/** JavaScript that is loaded before the first screen shows anything, gzipped. */
export const portalSizeFindings = async (root: string): Promise<string[]> => {
  const folder = await buildPortal(root);
  const manifest = Manifest.parse(JSON.parse(readFileSync(join(folder, '.vite/manifest.json'), 'utf8')));
  const wanted = [...firstScreen];
  const files = new Set<string>();
  for (let name = wanted.pop(); name !== undefined; name = wanted.pop()) {
    const entry = manifest[name];
    if (!entry) return [`the build has no ${name}: name the first screen's entries anew`];
    if (files.has(entry.file)) continue;
    files.add(entry.file);
    wanted.push(...entry.imports);
  }
  const bytes = [...files].reduce((total, file) => total + gzipSync(readFileSync(join(folder, file))).length, 0);
  return bytes <= firstLoadLimitBytes
    ? []
    : [`the first screen is ${bytes} bytes of gzipped JavaScript, ${firstLoadLimitBytes} is the limit`];
};
