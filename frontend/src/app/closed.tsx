import { Lock, RotateCw } from 'lucide-react';
import { Button } from '../components/button.tsx';
import { Logo } from '../components/logo.tsx';
import { ProblemNotice } from '../components/problem-notice.tsx';
import { signInProblem } from '../features/session/sign-in-problem.ts';
import { useTitle } from '../lib/use-title.ts';
import { SignOutButton } from './sign-out-button.tsx';

interface ClosedProps {
  onRetry: () => unknown;
}

/** The whole portal while the organisation is suspended. */
export const Suspended = ({ onRetry }: ClosedProps) => {
  const { title, nextStep } = signInProblem('tenant.suspended');
  useTitle(title);
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center p-5">
      <div className="flex w-full max-w-lg flex-col gap-5 rounded-xl border border-line bg-surface p-7">
        <Logo />
        <div role="alert" className="flex flex-col gap-1">
          <h1 className="flex items-center gap-2 text-title font-semibold tracking-tight">
            <Lock aria-hidden className="size-5 shrink-0 text-warn" />
            {title}
          </h1>
          <p className="text-pretty text-muted">{nextStep}</p>
        </div>
        <div className="flex flex-wrap gap-2">
          <Button onClick={() => void onRetry()}>
            <RotateCw aria-hidden />
            Check again
          </Button>
          <SignOutButton />
        </div>
      </div>
    </main>
  );
};

/** Nobody knows who is here, and not for want of a session. */
export const Unreadable = ({ error, onRetry }: ClosedProps & { error: Error }) => {
  useTitle('Not opened');
  return (
    <main className="mx-auto flex min-h-dvh max-w-lg flex-col justify-center gap-4 p-6">
      <h1 className="text-title font-semibold">LegendOps cannot open your organisation</h1>
      <ProblemNotice error={error} onRetry={onRetry} />
      <div>
        <SignOutButton />
      </div>
    </main>
  );
};
