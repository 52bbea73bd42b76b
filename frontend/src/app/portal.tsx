import { QueryClientProvider } from '@tanstack/react-query';
import { tokens } from '../lib/api.ts';
import { drafts } from '../lib/drafts.ts';
import { startLive } from '../lib/live/start-live.ts';
import { session } from '../lib/queries/session.ts';
import { queryClient } from '../lib/query-client.ts';
import { reported } from '../lib/reported.ts';
import { browserHistory } from '../lib/router/browser-history.ts';
import { matchPath } from '../lib/router/addresses.ts';
import { Router } from '../lib/router/router.tsx';
import { preparePage } from './pages.ts';
import { Root } from './root.tsx';

/** Goes on with the trade that opened the portal, and reads who is here while the page is still loaded. */
export const takeOver = (trade: Response | undefined): void => {
  if (trade !== undefined) tokens.adopt(trade);
  queryClient.fetchQuery(session).then(
    (me) => me !== null && drafts.keepOnlyFor(me.member.id),
    // The page says so itself.
    () => undefined,
  );
  // Whatever ends a token or gives another one is told here: another role is on the screen with it.
  const readSession = () => void queryClient.invalidateQueries({ queryKey: session.queryKey });
  tokens.get().then(
    () => tokens.onTrade(readSession),
    () => undefined,
  );
  // Before anything is read of what it tells of.
  startLive();
  requestAnimationFrame(() => reported.shown(performance.now()));
  const opened = matchPath(window.location.pathname);
  // Should that fail, opening the page says so.
  if (opened !== undefined) preparePage(opened.path)?.catch(() => undefined);
};

const history = browserHistory(window, () => crypto.randomUUID());

export const Portal = () => (
  <QueryClientProvider client={queryClient}>
    <Router history={history} prepare={preparePage}>
      {() => <Root />}
    </Router>
  </QueryClientProvider>
);
