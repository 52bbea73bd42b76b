import { onRealControlPlane } from './real-cluster.ts';
import { watchFaultCases } from './watch-fault-cases.ts';

onRealControlPlane([watchFaultCases]);
