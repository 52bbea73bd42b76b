import { describe } from 'vitest';
import { startKubernetes } from '../kubernetes/server.ts';
import { operatorSuite } from './operator-suite.ts';

describe('on the API in memory', () => {
  operatorSuite(async ({ certificates }) => {
    const kubernetes = await startKubernetes({ tls: certificates });
    return { kubeconfig: kubernetes.kubeconfig, close: () => kubernetes.close() };
  });
});
