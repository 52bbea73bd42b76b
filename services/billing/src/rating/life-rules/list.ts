import type { LifeRule } from './life-rule.ts';
import { monthlyRules } from './monthly-rules.ts';
import { otherRules } from './other-rules.ts';
import { prepaidRules } from './prepaid-rules.ts';
import { returnRules } from './return-rules.ts';

/** A subscription's life, one rule for each situation: what the reference shows, and what a test holds the rating to. */
export const lifeRules: readonly LifeRule[] = [...prepaidRules, ...returnRules, ...monthlyRules, ...otherRules];
