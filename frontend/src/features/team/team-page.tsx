import { useInfiniteQuery } from '@tanstack/react-query';
import { MailPlus, UserPlus, UsersRound } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { Page } from '../../components/page.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { useKept } from '../../components/draft-form.tsx';
import { ListView } from '../../components/list-view.tsx';
import { Section } from '../../components/section.tsx';
import { memberPages, openInvitationPages } from '../../lib/queries/team.ts';
import { useMay } from '../../lib/session.ts';
import { InviteDialog, invitationDraft } from './invite-dialog.tsx';
import { InvitationTable, MemberTable } from './people-tables.tsx';

export const TeamPage = () => {
  const mayInvite = useMay('member.invite');
  const [inviting, setInviting] = useState(useKept(invitationDraft));
  const [invited, setInvited] = useState<string | null>(null);
  return (
    <Page
      title="Team"
      about="Who may sign in here, and as what."
      actions={
        mayInvite && (
          <Button look="primary" onClick={() => setInviting(true)}>
            <UserPlus aria-hidden />
            Invite
          </Button>
        )
      }
    >
      {invited !== null && (
        <Notice tone="ok" title={`${invited} is invited`}>
          The invitation comes by e-mail; it is used by signing in with Microsoft.
        </Notice>
      )}
      <Section title="Members">
        <ListView query={useInfiniteQuery(memberPages)} empty={<NoMembers />}>
          {(people) => <MemberTable members={people} />}
        </ListView>
      </Section>
      <Section title="Invitations">
        <ListView query={useInfiniteQuery(openInvitationPages)} empty={<NoInvitations />}>
          {(open) => <InvitationTable invitations={open} />}
        </ListView>
      </Section>
      {inviting && (
        <InviteDialog
          onInvited={(email) => {
            setInvited(email);
            setInviting(false);
          }}
          onClose={() => setInviting(false)}
        />
      )}
    </Page>
  );
};

const NoMembers = () => (
  <EmptyState icon={UsersRound} title="No members yet">
    Press “Invite” for the first person; whoever has signed in is listed here.
  </EmptyState>
);

const NoInvitations = () => (
  <EmptyState icon={MailPlus} title="No invitations">
    Nobody is waiting. Whoever you invite is listed here until they have signed in.
  </EmptyState>
);
