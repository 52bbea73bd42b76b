import { killCases } from './kill-cases.ts';
import { onRealControlPlane } from './real-cluster.ts';

onRealControlPlane([killCases]);
