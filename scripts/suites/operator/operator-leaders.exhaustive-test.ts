import { describe } from 'vitest';
import { startClusterInMemory } from './cluster-in-memory.ts';
import { leaderCases } from './leader-cases.ts';
import { operatorSuite } from './operator-suite.ts';

describe('on the API in memory', () => {
  operatorSuite(startClusterInMemory, [leaderCases]);
});
