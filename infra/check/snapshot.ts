import { join } from 'node:path';
import { infra, type Environment } from '../rules/resource.ts';

/** The directory, subscription and region that snapshots are made for: none of somebody's. */
const madeFor = {
  '--tenant-id': '00000000-0000-0000-0000-00000000000a',
  '--subscription-id': '00000000-0000-0000-0000-00000000000b',
  '--location': 'westeurope',
};

/** What the compiler is asked for an environment's snapshot, to write it or to compare it with the committed one. */
export const snapshotArguments = (environment: Environment, mode: 'Overwrite' | 'Validate'): string[] => [
  'snapshot',
  join(infra, 'environments', `${environment}.bicepparam`),
  ...Object.entries({ ...madeFor, '--mode': mode, '--deployment-name': `legendops-${environment}` }).flat(),
];
