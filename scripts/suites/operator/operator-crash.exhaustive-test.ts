import { describe } from 'vitest';
import { startClusterInMemory } from './cluster-in-memory.ts';
import { crashCases } from './crash-cases.ts';
import { operatorSuite } from './operator-suite.ts';

describe('on the API in memory', () => {
  operatorSuite(startClusterInMemory, [crashCases]);
});
