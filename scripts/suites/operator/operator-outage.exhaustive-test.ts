import { describe } from 'vitest';
import { startClusterInMemory } from './cluster-in-memory.ts';
import { outageAndChurnCases, operatorSuite } from './operator-suite.ts';

describe('on the API in memory', () => {
  operatorSuite(startClusterInMemory, outageAndChurnCases);
});
