import { buttonClass } from '../../components/button.tsx';
import { Logo } from '../../components/logo.tsx';
import { Notice } from '../../components/notice.tsx';
import { drafts } from '../../lib/drafts.ts';
import { useTitle } from '../../lib/use-title.ts';
import { signInAddress } from './sign-in-address.ts';
import { signInProblem } from './sign-in-problem.ts';

// Needs nothing of the portal around it, neither router nor queries: it is shown without them.
export const SignInPage = () => {
  const problem = new URLSearchParams(window.location.search).get('problem');
  useTitle('Sign in');
  const told = problem === null ? undefined : signInProblem(problem);
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center gap-6 p-5">
      <div className="flex w-full max-w-sm flex-col gap-6 rounded-xl border border-line bg-surface p-7">
        <Logo />
        <div>
          <h1 className="text-title font-semibold tracking-tight">Sign in</h1>
          <p className="mt-1 text-pretty text-muted">Billing and operations for managed service providers.</p>
        </div>
        {told !== undefined && (
          <Notice tone="warn" title={told.title}>
            <p>{told.nextStep}</p>
            <p className="mt-1 text-caption text-muted">Code {problem}</p>
          </Notice>
        )}
        {drafts.keepsAny() && (
          <Notice tone="info" title="Your session has ended">
            What you had typed is kept until you are back in this tab.
          </Notice>
        )}
        <SignInButton />
        <p className="text-caption text-muted">
          You use the account of your organisation, or the one you were invited with.
        </p>
      </div>
    </main>
  );
};

// A button, for it acts rather than shows a page; leaving for the sign-in is a navigation of the whole browser.
const SignInButton = () => (
  <button
    type="button"
    className={`${buttonClass('primary')} h-10! w-full`}
    onClick={() => window.location.assign(signInAddress(window.location))}
  >
    <svg aria-hidden viewBox="0 0 21 21" fill="currentColor">
      <path d="M0 0h10v10H0zM11 0h10v10H11zM0 11h10v10H0zM11 11h10v10H11z" />
    </svg>
    Sign in with Microsoft
  </button>
);
