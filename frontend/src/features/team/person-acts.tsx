import type { Invitation, Member } from '@legendops/auth/contract';
import { useState, type ReactNode } from 'react';
import { Button } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { useChangeInvitation, useChangeMember } from './team-acts.ts';

interface PersonActProps<Change> {
  word: string;
  /** The button's name where it stands among others of its kind. */
  label: string;
  question: string;
  look?: 'primary' | 'danger';
  act: {
    isPending: boolean;
    error: Error | null;
    reset: () => void;
    mutate: (change: Change, then: { onSuccess: () => void }) => void;
  };
  change: Change;
  /** What will have happened afterwards. */
  children: ReactNode;
}

/** A button that asks first, and says when its act was refused. */
const PersonAct = <Change,>({ word, label, question, look, act, change, children }: PersonActProps<Change>) => {
  const [open, setOpen] = useState(false);
  const close = () => {
    setOpen(false);
    act.reset();
  };
  return (
    <>
      <Button look="quiet" aria-label={label} onClick={() => setOpen(true)}>
        {word}
      </Button>
      {open && (
        <ConfirmDialog
          title={question}
          confirm={word}
          look={look ?? 'primary'}
          act={act}
          onConfirm={() => act.mutate(change, { onSuccess: close })}
          onClose={close}
        >
          <p>{children}</p>
        </ConfirmDialog>
      )}
    </>
  );
};

/** A person who leaves is out within moments; one who comes back is let in by the same row. */
export const MemberAct = ({ member: { id, version, name, state } }: { member: Member }) => {
  const act = useChangeMember();
  return state === 'active' ? (
    <PersonAct
      word="Disable"
      label={`Disable ${name}`}
      question={`Disable ${name}?`}
      look="danger"
      act={act}
      change={{ id, version, state: 'disabled' }}
    >
      Every session of this person ends, and no further one begins until somebody enables them again.
    </PersonAct>
  ) : (
    <PersonAct
      word="Enable"
      label={`Enable ${name}`}
      question={`Enable ${name}?`}
      act={act}
      change={{ id, version, state: 'active' }}
    >
      This person may sign in again, with the role that they had.
    </PersonAct>
  );
};

/** What can be done about an invitation that is open. */
export const InvitationActs = ({ invitation: { id, version, name } }: { invitation: Invitation }) => (
  <span className="inline-flex flex-wrap justify-end gap-1">
    <PersonAct
      word="Send again"
      label={`Send again to ${name}`}
      question={`Send ${name} another link?`}
      act={useChangeInvitation()}
      change={{ id, version, state: 'pending' }}
    >
      It holds for 14 days. The link that was sent before holds no more.
    </PersonAct>
    <PersonAct
      word="Revoke"
      label={`Revoke the invitation of ${name}`}
      question={`Revoke the invitation of ${name}?`}
      look="danger"
      act={useChangeInvitation()}
      change={{ id, version, state: 'revoked' }}
    >
      The link that was sent holds no more, and the invitation leaves this list.
    </PersonAct>
  </span>
);
