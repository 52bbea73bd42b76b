import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';

// In this checkout every part finds every other one. An image has those that its part lists, and no others.

const root = join(import.meta.dirname, '../..');
const Listed = z.record(z.string(), z.string()).default({});
const Package = z.object({ name: z.string(), dependencies: Listed, devDependencies: Listed });
const parts = globSync('{frontend,scripts,services/*,operators/*}/package.json', { cwd: root }).map((path) => ({
  folder: path.replace('/package.json', ''),
  ...Package.parse(JSON.parse(readFileSync(join(root, path), 'utf8'))),
}));

const importedIn = (folder: string): Set<string> => {
  const files = globSync(`${folder}/**/*.{ts,tsx}`, { cwd: root, exclude: ['**/node_modules/**', '**/dist/**'] });
  const texts = files.map((file) => readFileSync(join(root, file), 'utf8'));
  return new Set(
    texts.flatMap((text) => [...text.matchAll(/from '(@legendops\/[a-z-]+)/g)].map(([, name = '']) => name)),
  );
};

it('finds the parts and what they import', () => {
  expect(parts.length).toBeGreaterThan(8);
  expect(importedIn('frontend')).toContain('@legendops/kit');
});

it.each(parts)('$folder lists each part that it imports', ({ folder, name, dependencies, devDependencies }) => {
  const listed = { ...dependencies, ...devDependencies };
  const unlisted = [...importedIn(folder)].filter((imported) => imported !== name && !(imported in listed));
  expect(unlisted).toEqual([]);
});
