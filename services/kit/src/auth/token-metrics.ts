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

/** Counts what a verifier says. */
export const counted =
  <Who>(kind: TokenKind, verify: (token: string) => Promise<Who>): ((token: string) => Promise<Who>) =>
  async (token) => {
    try {
      const who = await verify(token);
      verifications.inc({ kind, outcome: 'accepted' });
      return who;
    } catch (error) {
      verifications.inc({ kind, outcome: outcomeOf(error) });
      throw error;
    }
  };
