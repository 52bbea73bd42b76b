import { X } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../components/button.tsx';
import { Notice } from '../components/notice.tsx';
import { signInProblem } from '../features/session/sign-in-problem.ts';
import { useRouting } from '../lib/router/router.tsx';

/** What a person who is signed in already is told of a further sign-in that failed, such as by a used invitation. */
export const SignInNotice = () => {
  const { match, search } = useRouting();
  // Kept: whoever may not see the worklist is led on to another page at once.
  const [problem, setProblem] = useState(match?.path === '/' && 'problem' in search ? search.problem : undefined);
  if (problem === undefined) return null;
  const { title, nextStep } = signInProblem(problem);
  return (
    <div className="mx-auto mb-5 max-w-6xl">
      <Notice
        tone="warn"
        title={title}
        action={
          <Button look="quiet" aria-label="Dismiss" onClick={() => setProblem(undefined)}>
            <X aria-hidden />
          </Button>
        }
      >
        <p>{nextStep}</p>
        <p className="mt-1 text-caption text-muted">You are still signed in as before. Code {problem}</p>
      </Notice>
    </div>
  );
};
