import { useQuery } from '@tanstack/react-query';
import { SignInPage } from '../features/session/sign-in-page.tsx';
import { isSuspension } from '../lib/problem.ts';
import { session } from '../lib/queries/session.ts';
import { SessionContext } from '../lib/session.ts';
import { Suspended, Unreadable } from './closed.tsx';
import { Opening } from './opening.tsx';
import { Shell } from './shell.tsx';

/** Who is here decides what is shown: the sign-in page, the reason why neither is possible, or the portal. */
export const Root = () => {
  const { data: me, error, refetch } = useQuery(session);
  if (isSuspension(error)) return <Suspended onRetry={refetch} />;
  if (me != null)
    return (
      <SessionContext.Provider value={me}>
        <Shell me={me} />
      </SessionContext.Provider>
    );
  if (me === null) return <SignInPage />;
  return error === null ? <Opening /> : <Unreadable error={error} onRetry={refetch} />;
};
