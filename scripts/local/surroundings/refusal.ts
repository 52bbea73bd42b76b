import type { ClusterApi } from './cluster-api.ts';

const refused = new Set(['staging', 'prod']);

/** Why nothing may start here, in one line; undefined where it may. */
export const refusalOf = async (
  environment: string,
  cluster: Pick<ClusterApi, 'installedEnvironment'>,
): Promise<string | undefined> => {
  if (refused.has(environment))
    return `The surroundings are for development, and the values say ${environment}: nothing was started. Uninstall legendops-surroundings here.`;
  const installed = await cluster.installedEnvironment();
  if (installed !== undefined && refused.has(installed))
    return `The surroundings are for development, and LegendOps is installed here for ${installed}: nothing was started. Uninstall legendops-surroundings here.`;
  return undefined;
};
