import { crashCases } from './crash-cases.ts';
import { onRealControlPlane } from './real-cluster.ts';

onRealControlPlane([crashCases]);
