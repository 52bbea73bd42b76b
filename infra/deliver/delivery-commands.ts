import { images, type ChartValues, type ImageKey } from './chart-values.ts';

/** A program with its parameters; `stdin` where it reads the registry's token. */
export interface Command {
  program: string;
  parameters: string[];
  stdin?: 'registry token';
}

// What a registry of Azure calls whoever signs in with a token.
const tokenUser = '00000000-0000-0000-0000-000000000000';
const issuer = 'https://token.actions.githubusercontent.com';
const charts = ['legendops-crds', 'legendops', 'legendops-observability'] as const;

/** Parameters as one line: none of ours has a space in it. */
const command = (program: string, line: string): Command => ({ program, parameters: line.split(' ') });

const signInTo = (registry: string): Command[] =>
  [
    command('skopeo', `login ${registry} --username ${tokenUser} --password-stdin`),
    command('cosign', `login ${registry} --username ${tokenUser} --password-stdin`),
    command('helm', `registry login ${registry} --username ${tokenUser} --password-stdin`),
  ].map((one) => ({ ...one, stdin: 'registry token' }));

export interface Push {
  values: Pick<ChartValues, 'images'>;
  /** Where the archives and the packaged charts are. */
  folder: string;
  version: string;
  /** `owner/name`, whose workflow signs. */
  repository: string;
}

/**
 * The very bytes that were scanned, into the environment's registry. Each image is signed and its signature verified by
 * digest: a tag may be moved between two of these commands.
 */
export const pushCommands = ({ values, folder, version, repository }: Push): Command[] => {
  const { registry } = values.images;
  const signer = `https://github.com/${repository}/.github/workflows/deploy.yml@refs/tags/v${version}`;
  const all = (Object.keys(images) as ImageKey[]).map((key) => {
    const { digest } = (values.images as Record<string, unknown>)[key] as { digest: string };
    const name = images[key];
    return { archive: `oci-archive:${folder}/${name}.tar`, place: `${registry}/legendops/${name}`, digest };
  });
  return [
    ...signInTo(registry),
    ...all.map(({ archive, place }) =>
      command('skopeo', `copy --all --preserve-digests ${archive} docker://${place}:${version}`),
    ),
    ...all.map(({ place, digest }) => command('cosign', `sign --yes ${place}@${digest}`)),
    ...all.map(({ place, digest }) =>
      command(
        'cosign',
        `verify --certificate-oidc-issuer ${issuer} --certificate-identity ${signer} ${place}@${digest}`,
      ),
    ),
    ...charts.map((chart) => command('helm', `push ${folder}/${chart}-${version}.tgz oci://${registry}/charts`)),
  ];
};

export interface Install {
  registry: string;
  cluster: string;
  environment: string;
  version: string;
  valuesPath: string;
}

/**
 * The definitions first, then the release, then its own tests. Nothing is rolled back by itself: migrations only go
 * forward, and whoever goes back says so (docs/operations/install.md).
 */
export const installCommands = ({ registry, cluster, environment, version, valuesPath }: Install): Command[] => {
  const upgrade = (chart: string, more: string): Command =>
    command(
      'helm',
      `upgrade --install ${chart} oci://${registry}/charts/${chart} --version ${version} ${more} --wait --timeout 15m`,
    );
  const values = `--values charts/legendops/values-${environment}.yaml --values ${valuesPath}`;
  return [
    command(
      'az',
      `aks get-credentials --resource-group legendops-${environment} --name ${cluster} --overwrite-existing`,
    ),
    command('kubelogin', 'convert-kubeconfig --login azurecli'),
    upgrade('legendops-crds', '--namespace default'),
    upgrade('legendops', `--namespace legendops ${values}`),
    command('helm', 'test legendops --namespace legendops --logs'),
  ];
};
