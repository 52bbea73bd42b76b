import { onRealControlPlane } from './real-cluster.ts';

onRealControlPlane();
