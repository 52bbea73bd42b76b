import { describe } from 'vitest';
import { startClusterInMemory } from './cluster-in-memory.ts';
import { operatorSuite } from './operator-suite.ts';
import { specCases } from './spec-cases.ts';

describe('on the API in memory', () => {
  operatorSuite(startClusterInMemory, [specCases]);
});
