import type { Invitation, InvitationChange, Member, MemberChange } from '@legendops/auth/contract';
import { AskFirst } from '../../components/ask-first.tsx';
import { ChangeRole } from './change-role.tsx';
import { useChangeInvitation, useChangeMember } from './team-acts.ts';

/** What can be done about a member. */
export const MemberActs = ({ member }: { member: Member }) => (
  <span className="inline-flex flex-wrap justify-end gap-1">
    <ChangeRole member={member} />
    <SwitchState member={member} />
  </span>
);

/** A person who leaves is out within moments; one who comes back is let in by the same row. */
const SwitchState = ({ member }: { member: Member }) => {
  const act = useChangeMember();
  const word = member.state === 'active' ? 'Disable' : 'Enable';
  const change: MemberChange = { state: member.state === 'active' ? 'disabled' : 'active' };
  return (
    <AskFirst
      subject={{ seen: member, change }}
      act={act}
      look="quiet"
      label={`${word} ${member.name}`}
      renderQuestion={({ seen: { name }, change: { state } }) =>
        state === 'disabled'
          ? {
              title: `Disable ${name}?`,
              confirm: 'Disable',
              look: 'danger',
              body: (
                <p>Every session of this person ends, and no further one begins until somebody enables them again.</p>
              ),
            }
          : {
              title: `Enable ${name}?`,
              confirm: 'Enable',
              body: <p>This person may sign in again, with the role that they had.</p>,
            }
      }
    >
      {word}
    </AskFirst>
  );
};

const again: InvitationChange = { state: 'pending' };
const revoked: InvitationChange = { state: 'revoked' };

/** What can be done about an invitation that is open. */
export const InvitationActs = ({ invitation }: { invitation: Invitation }) => (
  <span className="inline-flex flex-wrap justify-end gap-1">
    <AskFirst
      subject={{ seen: invitation, change: again }}
      act={useChangeInvitation()}
      look="quiet"
      label={`Send again to ${invitation.name}`}
      renderQuestion={({ seen: { name } }) => ({
        title: `Send ${name} another link?`,
        confirm: 'Send again',
        body: <p>It holds for 14 days. The link that was sent before holds no more.</p>,
      })}
    >
      Send again
    </AskFirst>
    <AskFirst
      subject={{ seen: invitation, change: revoked }}
      act={useChangeInvitation()}
      look="quiet"
      label={`Revoke the invitation of ${invitation.name}`}
      renderQuestion={({ seen: { name } }) => ({
        title: `Revoke the invitation of ${name}?`,
        confirm: 'Revoke',
        look: 'danger',
        body: <p>The link that was sent holds no more, and the invitation leaves this list.</p>,
      })}
    >
      Revoke
    </AskFirst>
  </span>
);
