import { useQuery } from '@tanstack/react-query';
import { ProblemNotice } from '../components/problem-notice.tsx';
import { PageSkeleton } from '../components/skeleton.tsx';
import { SignInPage } from '../features/session/sign-in-page.tsx';
import { session } from '../lib/queries/session.ts';
import { SessionContext } from '../lib/session.ts';
import { Shell } from './shell.tsx';
import { SignOutButton } from './sign-out-button.tsx';

const Opening = () => (
  <div className="p-6">
    <PageSkeleton />
  </div>
);

/** Who is here decides what is shown: the sign-in page, the reason why neither is possible, or the portal. */
export const Root = () => {
  const { data: me, error, refetch } = useQuery(session);
  if (me != null)
    return (
      <SessionContext value={me}>
        <Shell me={me} />
      </SessionContext>
    );
  if (me === null) return <SignInPage />;
  if (error === null) return <Opening />;
  return (
    <main className="mx-auto flex min-h-dvh max-w-lg flex-col justify-center gap-4 p-6">
      <h1 className="text-title font-semibold">LegendOps cannot open your organisation</h1>
      <ProblemNotice error={error} onRetry={refetch} />
      <div>
        <SignOutButton />
      </div>
    </main>
  );
};
