import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';

/** Of this process in the cluster's lease: where its install is, and which process of it. */
export const identityIn = (namespace: string): string => `${namespace}/${hostname()}_${randomBytes(8).toString('hex')}`;

export const isOfInstall = (identity: string, namespace: string): boolean => identity.startsWith(`${namespace}/`);
