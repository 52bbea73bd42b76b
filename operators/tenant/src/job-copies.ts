import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigurationError } from '@legendops/kit/config/parse-environment';
import { z } from 'zod';

const DockerConfig = z.object({ auths: z.record(z.string(), z.unknown()) });

interface File {
  name: string;
  text: string;
}

/** The files of a mounted volume that end so; Kubernetes keeps its own beside them, which begin with dots. */
const filesOf = (variable: string, folder: string, ending: string): File[] => {
  let names: string[];
  try {
    names = readdirSync(folder).filter((name) => name.endsWith(ending) && !name.startsWith('.'));
  } catch {
    throw new ConfigurationError(`${variable}: there is no folder ${folder}`);
  }
  if (names.length === 0) throw new ConfigurationError(`${variable}: ${folder} has no file that ends with ${ending}`);
  return names.toSorted().map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));
};

const registriesOf = (variable: string, { name, text }: File): [string, unknown][] => {
  try {
    return Object.entries(DockerConfig.parse(JSON.parse(text)).auths);
  } catch {
    // Its text is a secret, and an error would quote it.
    throw new ConfigurationError(`${variable}: ${name} is no kubernetes.io/dockerconfigjson`);
  }
};

/** The credentials of all pull secrets in one, as Kubernetes keeps them: a tenant's namespace has one Secret for them. */
export const readPullSecret = (variable: string, folder: string): string => {
  const auths = new Map<string, unknown>();
  for (const file of filesOf(variable, folder, '.json'))
    for (const [registry, credentials] of registriesOf(variable, file)) {
      if (auths.has(registry))
        throw new ConfigurationError(`${variable}: two pull secrets are for ${registry}, and jobs can have one`);
      auths.set(registry, credentials);
    }
  return JSON.stringify({ auths: Object.fromEntries(auths) });
};

/** Certificate authorities by file, as the trust bundle has them. */
export const readAuthorities = (variable: string, folder: string): Record<string, string> =>
  Object.fromEntries(filesOf(variable, folder, '.pem').map(({ name, text }) => [name, text]));
