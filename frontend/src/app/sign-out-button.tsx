import { LogOut } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../components/button.tsx';
import { DiscardQuestion } from '../components/dialog.tsx';
import { useSignOut } from '../lib/act/sign-out.ts';
import { drafts } from '../lib/drafts.ts';

export const SignOutButton = () => {
  const act = useSignOut();
  const [asking, setAsking] = useState(false);
  const signOut = () => act.run(undefined);
  return (
    <>
      <Button look="quiet" pending={act.pending} onClick={() => (drafts.isDirty() ? setAsking(true) : signOut())}>
        <LogOut aria-hidden />
        <span className="in-[header]:max-sm:sr-only">
          {act.error === null ? 'Sign out' : 'Sign out failed, try again'}
        </span>
      </Button>
      {asking && (
        <DiscardQuestion
          onKeep={() => setAsking(false)}
          onDiscard={() => {
            setAsking(false);
            signOut();
          }}
        />
      )}
    </>
  );
};
