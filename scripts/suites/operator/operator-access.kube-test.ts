import { accessCases } from './access-cases.ts';
import { onRealControlPlane } from './real-cluster.ts';

onRealControlPlane([accessCases]);
