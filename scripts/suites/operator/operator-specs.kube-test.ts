import { onRealControlPlane } from './real-cluster.ts';
import { specCases } from './spec-cases.ts';

onRealControlPlane([specCases]);
