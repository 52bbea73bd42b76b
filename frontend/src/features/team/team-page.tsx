import { useQuery } from '@tanstack/react-query';
import { UserPlus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { Page } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { Section } from '../../components/section.tsx';
import { customerChoices } from '../../lib/queries/customers.ts';
import { invitations, members } from '../../lib/queries/team.ts';
import { useMay } from '../../lib/session.ts';
import { InviteDialog } from './invite-dialog.tsx';
import { InvitationTable, MemberTable } from './people-tables.tsx';

export const TeamPage = () => {
  const mayInvite = useMay('member.invite');
  const [inviting, setInviting] = useState(false);
  const [invited, setInvited] = useState<string | null>(null);
  const { data: customers = [] } = useQuery(customerChoices);
  const nameOf = (customerId: string | null): string | null =>
    customerId === null ? null : (customers.find(({ id }) => id === customerId)?.name ?? 'One customer');
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
        <QueryView query={useQuery(members)}>{(people) => <MemberTable members={people} nameOf={nameOf} />}</QueryView>
      </Section>
      <Section title="Invitations">
        <QueryView query={useQuery(invitations)}>
          {(open) => <InvitationTable invitations={open} nameOf={nameOf} />}
        </QueryView>
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
