import type { KubeObject, Resource } from '@legendops/operator-runtime/client/resource';

export interface Namespace extends KubeObject {
  status?: { phase?: string; conditions?: { type: string; status: string; message?: string }[] };
}
export interface Specified extends KubeObject {
  spec: object;
}
export interface KubeSecret extends KubeObject {
  type?: string;
  data?: Record<string, string>;
}
export interface ConfigMap extends KubeObject {
  data: Record<string, string>;
}
export interface ServiceAccount extends KubeObject {
  automountServiceAccountToken?: boolean;
}
export interface CronJob extends KubeObject {
  spec: { suspend?: boolean; [field: string]: unknown };
  status?: { active?: unknown[]; lastScheduleTime?: string; lastSuccessfulTime?: string };
}
export interface Job extends KubeObject {
  status?: { active?: number };
}

export const namespaces: Resource<Namespace> = {
  apiVersion: 'v1',
  kind: 'Namespace',
  plural: 'namespaces',
  namespaced: false,
};
export const secrets: Resource<KubeSecret> = { apiVersion: 'v1', kind: 'Secret', plural: 'secrets', namespaced: true };
export const configMaps: Resource<ConfigMap> = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  plural: 'configmaps',
  namespaced: true,
};
export const serviceAccounts: Resource<ServiceAccount> = {
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  plural: 'serviceaccounts',
  namespaced: true,
};
export const resourceQuotas: Resource<Specified> = {
  apiVersion: 'v1',
  kind: 'ResourceQuota',
  plural: 'resourcequotas',
  namespaced: true,
};
export const limitRanges: Resource<Specified> = {
  apiVersion: 'v1',
  kind: 'LimitRange',
  plural: 'limitranges',
  namespaced: true,
};
export const networkPolicies: Resource<Specified> = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  plural: 'networkpolicies',
  namespaced: true,
};
export const cronJobs: Resource<CronJob> = {
  apiVersion: 'batch/v1',
  kind: 'CronJob',
  plural: 'cronjobs',
  namespaced: true,
};
export const jobs: Resource<Job> = { apiVersion: 'batch/v1', kind: 'Job', plural: 'jobs', namespaced: true };
