import { Counter } from 'prom-client';
import { Problem } from '../errors/problem.ts';

const verifications = new Counter({
  name: 'legendops_token_verifications_total',
  help: 'Tokens that requests came with, by who sends such and what became of them; unknown is when nobody could tell',
  labelNames: ['kind', 'outcome'] as const,
});

/** `person`: an access token of ours; `workload`: a service account token of the cluster. */
export type TokenKind = 'person' | 'workload';

const outcomeOf = (error: unknown): 'refused' | 'unknown' =>
  error instanceof Problem && error.code === 'token.invalid' ? 'refused' : 'unknown';

/** Counts what a verifier says, each outcome from zero: of a series that begins at one, no rate ever sees the first. */
export const counted = <Who>(
  kind: TokenKind,
  verify: (token: string) => Promise<Who>,
): ((token: string) => Promise<Who>) => {
  for (const outcome of ['accepted', 'refused', 'unknown']) verifications.inc({ kind, outcome }, 0);
  return async (token) => {
    try {
      const who = await verify(token);
      verifications.inc({ kind, outcome: 'accepted' });
      return who;
    } catch (error) {
      verifications.inc({ kind, outcome: outcomeOf(error) });
      throw error;
    }
  };
};
