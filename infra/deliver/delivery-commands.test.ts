import { expect, it } from 'vitest';
import { chartValues, imageKeys } from './chart-values.ts';
import { installCommands, pushCommands } from './delivery-commands.ts';
import { aDeployment, aRelease, people } from './testing/a-deployment.ts';

const push = pushCommands({
  values: chartValues(aDeployment(), aRelease, people),
  folder: 'release',
  version: '1.2.3',
  repository: 'legendops/legendops',
}).map(({ program, parameters, stdin }) => ({ line: [program, ...parameters].join(' '), stdin }));
const lines = push.map(({ line }) => line);
const starting = (words: string): string[] => lines.filter((line) => line.startsWith(words));

it('every image is copied as it was scanned, then signed and verified by its digest', () => {
  expect(starting('skopeo copy --all --preserve-digests oci-archive:release/')).toHaveLength(imageKeys.length);
  for (const verb of ['sign', 'verify']) {
    const told = starting(`cosign ${verb}`);
    expect(told).toHaveLength(imageKeys.length);
    for (const line of told) expect(line).toMatch(/registry\.test\/legendops\/[a-z-]+@sha256:\d{64}$/);
  }
  const first = (words: string): number => lines.findIndex((line) => line.startsWith(words));
  const places = ['skopeo login', 'skopeo copy', 'cosign sign', 'cosign verify', 'helm push'].map(first);
  expect(places).toEqual(places.toSorted((a, b) => a - b));
});

it('a signature is taken of the release’s own workflow and tag alone', () => {
  for (const line of starting('cosign verify'))
    expect(line).toContain(
      '--certificate-identity https://github.com/legendops/legendops/.github/workflows/deploy.yml@refs/tags/v1.2.3 ',
    );
});

it('the registry’s token is read by programs and stands in no command line', () => {
  const reading = push.filter(({ stdin }) => stdin === 'registry token').map(({ line }) => line);
  expect(reading).toEqual(lines.filter((line) => line.includes('login')));
  expect(reading).toHaveLength(3);
  for (const line of reading) expect(line).toMatch(/--password-stdin$/);
});

it('an install brings the definitions first, of this version, with the environment’s values below those of the deployment', () => {
  const install = installCommands({
    registry: 'registry.test',
    cluster: 'legendops-dev-cluster',
    environment: 'dev',
    version: '1.2.3',
    valuesPath: 'values.json',
  }).map(({ program, parameters }) => [program, ...parameters].join(' '));
  expect(install.map((line) => line.split(' ').slice(0, 4).join(' '))).toEqual([
    'az aks get-credentials --resource-group',
    'kubelogin convert-kubeconfig --login azurecli',
    'helm upgrade --install legendops-crds',
    'helm upgrade --install legendops',
    'helm test legendops --namespace',
  ]);
  expect(install[3]).toContain('--version 1.2.3');
  expect(install[3]).toContain('--values charts/legendops/values-dev.yaml --values values.json');
});
