/** The output `forCharts` of main.bicep. */
export interface ForCharts {
  cluster: string;
  registry: string;
  tenantId: string;
  webHost: string;
  issuer: string;
  vaults: Record<'auth' | 'billing' | 'operator' | 'portal', string>;
  databases: { host: string; databases: string[] }[];
  databaseSignIn: { administratorLogin: string; identities: Record<'auth' | 'billing' | 'catalog' | 'portal', string> };
  settings: string;
  traces: string;
  media: { blobUrl: string; publicUrl: string };
  clientIds: { name: string; clientId: string }[];
}

/** The images that a cluster runs, by their key in the values of charts/legendops. */
export const images = {
  auth: 'auth',
  billing: 'billing',
  catalog: 'catalog',
  portal: 'portal',
  frontend: 'frontend',
  operator: 'tenant-operator',
  migrations: 'migrations',
} as const;

export type ImageKey = keyof typeof images;
export const imageKeys = Object.keys(images) as ImageKey[];

/** What nobody but a person knows, by the variable that holds it. */
const askedOfPeople = ['LEGENDOPS_SIGN_IN_CLIENT_ID', 'LEGENDOPS_QUICKBOOKS_CLIENT_ID', 'LEGENDOPS_MAIL_FROM'] as const;

export interface Release {
  version: string;
  /** sha256:… of each image. */
  digests: Record<ImageKey, string>;
}

const services = ['auth', 'billing', 'catalog', 'portal'] as const;

const databaseValues = (databases: ForCharts['databases']) => {
  const [first, ...others] = databases;
  if (first === undefined)
    throw new Error('The deployment has no database server: look at the output forCharts.databases');
  if (others.length === 0) return { host: first.host };
  const hostOf = (service: string): string => {
    const server = databases.find((one) => one.databases.includes(`${service}_db`));
    if (server === undefined) throw new Error(`No server of the deployment has ${service}_db`);
    return server.host;
  };
  return { host: first.host, ...Object.fromEntries(services.map((name) => [name, { host: hostOf(name) }])) };
};

const withoutSlash = (url: string): string => url.replace(/\/$/, '');

/**
 * What a deployment told, what people know and what was built, as values of charts/legendops: with the file of the
 * environment below it, no place is left that only holds one.
 */
export const chartValues = (
  deployed: ForCharts,
  { version, digests }: Release,
  environment: Record<string, string | undefined>,
) => {
  const missing = askedOfPeople.filter((name) => !environment[name]);
  if (missing.length > 0) throw new Error(`Set ${missing.join(', ')}: nobody else knows what the charts need there`);
  const clientId = (name: string): string => {
    const found = deployed.clientIds.find((one) => one.name === name);
    if (found === undefined) throw new Error(`The deployment has no identity ${name}: look at forCharts.clientIds`);
    return found.clientId;
  };
  const issuer = `${withoutSlash(deployed.issuer)}/`;
  return {
    publicUrl: `https://${deployed.webHost}`,
    images: {
      registry: deployed.registry,
      tag: version,
      ...Object.fromEntries(imageKeys.map((key) => [key, { digest: digests[key] }])),
    },
    database: { ...databaseValues(deployed.databases), signIn: 'entra', ...deployed.databaseSignIn },
    settings: { url: deployed.settings },
    traces: { url: deployed.traces, signIn: 'azure' },
    vault: {
      billing: { url: withoutSlash(deployed.vaults.billing) },
      operator: { url: withoutSlash(deployed.vaults.operator) },
      portal: { url: withoutSlash(deployed.vaults.portal) },
    },
    media: { blobUrl: withoutSlash(deployed.media.blobUrl), publicUrl: deployed.media.publicUrl },
    azure: {
      tenantId: deployed.tenantId,
      clientIds: {
        auth: clientId('auth'),
        billing: clientId('billing'),
        catalog: clientId('catalog'),
        migrations: clientId('migrator'),
        operator: clientId('tenant-operator'),
        portal: clientId('portal'),
      },
    },
    signIn: { clientId: environment.LEGENDOPS_SIGN_IN_CLIENT_ID },
    mail: { from: environment.LEGENDOPS_MAIL_FROM },
    quickbooks: { clientId: environment.LEGENDOPS_QUICKBOOKS_CLIENT_ID },
    serviceTokens: { issuer, keysUrl: `${issuer}openid/v1/jwks` },
  };
};

export type ChartValues = ReturnType<typeof chartValues>;
