import type { Invitation, Member } from '@legendops/auth/contract';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { useChangeInvitation, useChangeMember } from './team-acts.ts';

/** A person who leaves is out within moments; one who comes back is let in by the same row. */
export const MemberAct = ({ member: { id, version, name, state } }: { member: Member }) => {
  const [open, setOpen] = useState(false);
  const change = useChangeMember();
  const disables = state === 'active';
  const close = () => {
    setOpen(false);
    change.reset();
  };
  return (
    <>
      <Button look="quiet" aria-label={`${disables ? 'Disable' : 'Enable'} ${name}`} onClick={() => setOpen(true)}>
        {disables ? 'Disable' : 'Enable'}
      </Button>
      {open && (
        <ConfirmDialog
          title={disables ? `Disable ${name}?` : `Enable ${name}?`}
          confirm={disables ? 'Disable' : 'Enable'}
          look={disables ? 'danger' : 'primary'}
          act={change}
          onConfirm={() =>
            change.mutate({ id, version, state: disables ? 'disabled' : 'active' }, { onSuccess: close })
          }
          onClose={close}
        >
          <p>
            {disables
              ? 'Every session of this person ends, and no further one begins until somebody enables them again.'
              : 'This person may sign in again, with the role that they had.'}
          </p>
        </ConfirmDialog>
      )}
    </>
  );
};

export const InvitationActs = ({ invitation: { id, version, name, state } }: { invitation: Invitation }) => {
  const change = useChangeInvitation();
  if (state === 'redeemed') return null;
  return (
    <span className="inline-flex flex-wrap justify-end gap-1">
      <Button
        look="quiet"
        aria-label={`Send again to ${name}`}
        pending={change.isPending}
        onClick={() => change.mutate({ id, version, state: 'pending' })}
      >
        Send again
      </Button>
      {state !== 'revoked' && (
        <Button
          look="quiet"
          aria-label={`Revoke the invitation of ${name}`}
          pending={change.isPending}
          onClick={() => change.mutate({ id, version, state: 'revoked' })}
        >
          Revoke
        </Button>
      )}
    </span>
  );
};
