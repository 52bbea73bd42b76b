import { leaderCases } from './leader-cases.ts';
import { onRealControlPlane } from './real-cluster.ts';

onRealControlPlane([leaderCases]);
