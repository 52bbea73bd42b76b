import { ApiProblem, isRefusal } from '../lib/problem.ts';
import { ProblemNotice } from './problem-notice.tsx';

/** What is known of an act that failed, beyond why: an act may have been done although its answer is missing. */
const knownOf = (error: Error): string | undefined => {
  if (!(error instanceof ApiProblem) || isRefusal(error)) return undefined;
  if (error.code === 'answer.unexpected') return 'What you asked for was done.';
  const unanswered = error.status === null || error.status >= 500;
  return unanswered ? 'It is not known whether this was done. You can try again: it is not done twice.' : undefined;
};

/** Why an act was not done, or is not known to be; nothing as long as it has not failed. */
export const ActProblem = ({ error, onRetry }: { error: Error | null; onRetry?: () => void }) => {
  if (error === null) return null;
  const known = knownOf(error);
  return (
    <ProblemNotice error={error} onRetry={onRetry}>
      {known !== undefined && <p>{known}</p>}
    </ProblemNotice>
  );
};
