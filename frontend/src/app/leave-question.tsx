import { useEffect, useState } from 'react';
import { DiscardQuestion } from '../components/dialog.tsx';
import { drafts } from '../lib/drafts.ts';
import { useRouting } from '../lib/router/router.tsx';

/** Stands before every way out of a page on which something was typed: links, Back, the tab itself. */
export const LeaveQuestion = () => {
  const { history } = useRouting();
  const [held, setHeld] = useState<{ go: () => void } | null>(null);
  useEffect(() => history.guard({ holds: () => drafts.isDirty(), ask: (go) => setHeld({ go }) }), [history]);
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent): void => {
      if (drafts.isDirty()) event.preventDefault();
    };
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, []);
  if (held === null) return null;
  const discard = () => {
    setHeld(null);
    held.go();
  };
  return <DiscardQuestion onKeep={() => setHeld(null)} onDiscard={discard} />;
};
