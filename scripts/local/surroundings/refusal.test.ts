import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listen, type Listening } from '../../loopback/listen.ts';
import { clusterApi } from './cluster-api.ts';
import { refusalOf } from './refusal.ts';

const run = promisify(execFile);
const installed = (environment: string | undefined) => ({ installedEnvironment: async () => environment });

describe('the surroundings', () => {
  it.each([
    ['local', undefined],
    ['dev', undefined],
    ['local', 'local'],
    ['local', 'dev'],
  ])('may start for %s where LegendOps is installed for %s', async (environment, other) => {
    expect(await refusalOf(environment, installed(other))).toBeUndefined();
  });

  it.each([
    ['staging', undefined, 'the values say staging'],
    ['prod', 'local', 'the values say prod'],
    ['local', 'staging', 'LegendOps is installed here for staging'],
    ['local', 'prod', 'LegendOps is installed here for prod'],
  ])('refuse %s where LegendOps is installed for %s, in one line', async (environment, other, said) => {
    const refusal = await refusalOf(environment, installed(other));
    expect(refusal).toContain(said);
    expect(refusal).not.toContain('\n');
  });
});

describe('their program', () => {
  let folder: string;
  let api: Listening;
  let release: object | undefined;
  let status = 200;
  const asked: (string | undefined)[] = [];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'legendops-surroundings-'));
    await writeFile(join(folder, 'token'), 'the-token');
    api = await listen(
      (request, response) => {
        asked.push(`${request.url} ${request.headers.authorization}`);
        response.writeHead(release === undefined ? 404 : status).end(JSON.stringify(release ?? {}));
      },
      { port: 0 },
    );
  });
  afterAll(async () => {
    await api.close();
    await rm(folder, { recursive: true });
  });
  const settings = () => ({
    kubernetesUrl: `http://127.0.0.1:${api.port}`,
    kubernetesTokenPath: join(folder, 'token'),
  });

  const started = (environment: string, part = 'pax8') =>
    run(process.execPath, [join(import.meta.dirname, 'main.ts'), part], {
      env: {
        ...process.env,
        ENVIRONMENT: environment,
        STATE_DIRECTORY: folder,
        SECRETS_DIRECTORY: folder,
        PUBLIC_URL: 'http://localhost:8080',
        SIGN_IN_PAGE_URL: 'http://localhost:8081',
        VAULT_URL: 'https://vault.example',
        SIGN_IN_URL: 'https://sign-in.example',
        BLOB_URL: 'https://blob.example/account',
        KUBERNETES_URL: settings().kubernetesUrl,
        KUBERNETES_TOKEN_PATH: settings().kubernetesTokenPath,
      },
    }).then(
      () => ({ code: 0, stderr: '' }),
      ({ code, stderr }: { code: number; stderr: string }) => ({ code, stderr }),
    );

  it('ends with that line where the cluster says that a release of production is there', async () => {
    release = { data: { environment: 'prod', chart: '0.1.0' } };
    expect(await started('local')).toEqual({
      code: 1,
      stderr: expect.stringMatching(/^The surroundings are .* for prod: .*\n$/),
    });
    expect(asked.at(-1)).toBe('/api/v1/namespaces/legendops/configmaps/legendops-release Bearer the-token');
  });

  it('names the parts that there are where it is given none of them', async () => {
    const { code, stderr } = await started('local', 'constructor');
    expect(code).toBe(1);
    expect(stderr).toBe(
      'Usage: node main.ts postgres|vault|sign-in|mail|blob|pax8|quickbooks|superops|teams|gateway\n',
    );
  });

  it('takes a cluster that does not answer for no permission', async () => {
    const cluster = clusterApi(settings());
    release = undefined;
    expect(await cluster.installedEnvironment()).toBeUndefined();
    release = { kind: 'Status' };
    status = 403;
    await expect(cluster.installedEnvironment()).rejects.toThrow('The cluster answered 403 to GET');
    status = 200;
    await expect(cluster.installedEnvironment()).rejects.toThrow();
  });
});
