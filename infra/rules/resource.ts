import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A resource of a snapshot: ARM JSON as the compiler predicts it with an environment's parameters filled in. */
export interface Resource {
  id: string;
  type: string;
  name: string;
  apiVersion: string;
  [part: string]: unknown;
}

export const environments = ['dev', 'staging', 'prod'] as const;
export type Environment = (typeof environments)[number];

export const isEnvironment = (name: string): name is Environment => environments.some((one) => one === name);

export const infra = join(import.meta.dirname, '..');

export const resourcesOf = (snapshot: string): Resource[] =>
  (JSON.parse(snapshot) as { predictedResources: Resource[] }).predictedResources;

export const snapshotOf = (environment: Environment): Resource[] =>
  resourcesOf(readFileSync(join(infra, 'environments', `${environment}.snapshot.json`), 'utf8'));

/** The value at a path such as `properties.networkAcls.defaultAction`; undefined where there is none. */
export const at = (value: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((inner, key) => (inner as Record<string, unknown> | null | undefined)?.[key], value);

export const setAt = (resource: object, path: string, value: unknown): void => {
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  let inner = resource as Record<string, unknown>;
  for (const key of keys) inner = (inner[key] ??= {}) as Record<string, unknown>;
  inner[last] = value;
};

/** A list at a path; what is no list is an empty one. */
export const listAt = (value: unknown, path: string): unknown[] => {
  const found = at(value, path);
  return Array.isArray(found) ? found : [];
};

/** What an extension resource (a role assignment, a lock, a diagnostic setting) is laid upon. */
export const targetOf = ({ id }: Resource): string => id.slice(0, id.lastIndexOf('/providers/'));

export const roleOf = (assignment: Resource): string =>
  String(at(assignment, 'properties.roleDefinitionId')).split('/').at(-1) ?? '';

/** The name of the identity that an assignment is for: Azure tells its object id when it is made. */
export const identityOf = (assignment: Resource): string | undefined =>
  /userAssignedIdentities\/([^']+)'/.exec(String(at(assignment, 'properties.principalId')))?.[1];
