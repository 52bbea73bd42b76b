import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'legendops-kind-'));
  mkdirSync(join(folder, 'bin'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const versions: Record<string, string> = {
  docker: '29.1.0',
  kind: 'kind v0.32.0 go1.26.1 linux/amd64',
  kubectl: 'Client Version: v1.36.3\nKustomize Version: v5.8.0',
  helm: 'v4.1.4+g05fa379',
  skaffold: 'v2.24.0',
};

/** A program that writes down how it was called, says its version, and does what the case tells. */
const tool = (name: string, { version = versions[name] ?? '', does = '' } = {}): void => {
  const file = join(folder, 'bin', name);
  writeFileSync(
    file,
    `#!/bin/sh
case "$*" in
  version*) echo '${version}'; exit;;
esac
echo "${name} $*" >> '${folder}/calls'
${does}
`,
  );
  chmodSync(file, 0o755);
};
const allTools = (): void => {
  for (const name of Object.keys(versions)) tool(name);
};

const kind = (...parameters: string[]) => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(import.meta.dirname, 'kind.ts'), ...parameters],
    {
      encoding: 'utf8',
      env: { PATH: join(folder, 'bin'), NODE_NO_WARNINGS: '1' },
    },
  );
  const calls = join(folder, 'calls');
  return { status, stdout, stderr, calls: existsSync(calls) ? readFileSync(calls, 'utf8').trim().split('\n') : [] };
};

describe('npm run kind', () => {
  it('names every tool that is missing, what each is for, and does nothing', () => {
    const { status, stdout, stderr, calls } = kind();
    expect(status).toBe(1);
    for (const name of Object.keys(versions))
      expect(stdout).toMatch(new RegExp(`✗ ${name} +is not there, [0-9.]+ or later`));
    expect(stderr.trim().split('\n')).toEqual(['Nothing was done. Mend what is marked, then run this again.']);
    expect(calls).toEqual([]);
  });

  it.each([
    ['docker', '20.10.7', 'is 20.10.7, 24.0 or later'],
    ['kind', 'kind v0.9.0 go1.15.2 linux/amd64', 'is 0.9.0, 0.32 or later'],
    ['kubectl', 'Client Version: v1.34.9', 'is 1.34.9, 1.35 or later'],
    ['helm', 'v3.20.1+g1', 'is 3.20.1, 4.0 or later'],
    ['skaffold', 'v2.18.3', 'is 2.18.3, 2.19 or later'],
  ])('refuses an old %s (%s)', (name, version, said) => {
    allTools();
    tool(name, { version });
    const { status, stdout, calls } = kind();
    expect(status).toBe(1);
    expect(stdout).toContain(said);
    expect(stdout.match(/✓/g)).toHaveLength(4);
    expect(calls).toEqual([]);
  });

  it('says what docker says where its daemon does not run', () => {
    allTools();
    writeFileSync(join(folder, 'bin/docker'), '#!/bin/sh\necho "Cannot connect to the Docker daemon" >&2\nexit 1\n');
    const { status, stdout } = kind();
    expect(status).toBe(1);
    expect(stdout).toContain('docker    does not say its version, but: Cannot connect to the Docker daemon');
  });

  it('makes the cluster, installs, and makes the example providers, in this order', () => {
    allTools();
    const { status, stdout, calls } = kind();
    expect(status).toBe(0);
    expect(calls).toEqual([
      'kind get clusters',
      'kind create cluster --config kind.yaml --wait 3m',
      'kubectl --context kind-legendops apply -f -',
      'skaffold run',
      'kubectl --context kind-legendops -n legendops-surroundings delete job seed --ignore-not-found',
      'kubectl --context kind-legendops -n legendops-surroundings create job seed --from=cronjob/seed',
      'kubectl --context kind-legendops -n legendops-surroundings logs --follow job/seed --pod-running-timeout=2m',
      'kubectl --context kind-legendops -n legendops-surroundings wait --for=condition=Complete job/seed --timeout=30s',
    ]);
    expect(stdout).toContain('http://localhost:8080');
  });

  it('keeps a cluster that is there, and leaves the providers out where it is told', () => {
    allTools();
    tool('kind', { does: 'echo other; echo legendops' });
    const { status, calls } = kind('--no-seed');
    expect(status).toBe(0);
    expect(calls).toEqual(['kind get clusters', 'kubectl --context kind-legendops apply -f -', 'skaffold run']);
  });

  it('ends at the step that fails, and says what to do', () => {
    allTools();
    tool('skaffold', { does: 'exit 1' });
    const { status, stderr, calls } = kind();
    expect(status).toBe(1);
    expect(stderr).toContain(
      'skaffold run failed: kubectl --context kind-legendops get pods -A shows which pod is not ready',
    );
    expect(calls.at(-1)).toBe('skaffold run');
  });

  it('removes the cluster with nothing but docker and kind', () => {
    tool('docker');
    tool('kind');
    const { status, calls } = kind('--delete');
    expect(status).toBe(0);
    expect(calls).toEqual(['kind delete cluster --name legendops']);
  });
});
