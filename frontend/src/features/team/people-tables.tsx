import type { Invitation, Member } from '@legendops/auth/contract';
import { CircleCheck, CircleSlash, Clock, MailCheck, type LucideIcon } from 'lucide-react';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { roleNames } from '../../components/role-names.ts';
import { Status, type Tone } from '../../components/status.tsx';
import { formatInstant } from '../../lib/calendar.ts';
import { useMe } from '../../lib/session.ts';

type NameOf = (customerId: string | null) => string | null;
type Person = Member | Invitation;

const states: Record<Person['state'], { tone: Tone; icon: LucideIcon; word: string }> = {
  active: { tone: 'ok', icon: CircleCheck, word: 'Active' },
  disabled: { tone: 'quiet', icon: CircleSlash, word: 'Disabled' },
  pending: { tone: 'info', icon: Clock, word: 'Being sent' },
  sent: { tone: 'info', icon: MailCheck, word: 'Sent' },
  redeemed: { tone: 'ok', icon: CircleCheck, word: 'Redeemed' },
  revoked: { tone: 'quiet', icon: CircleSlash, word: 'Revoked' },
};

const columns = (nameOf: NameOf, timeZone: string, since: string): Column<Person>[] => [
  {
    name: 'Name',
    cell: ({ name, email, role, customerId }) => (
      <>
        <span className="font-medium">{name}</span>
        <span className="block text-caption text-muted wrap-anywhere">{email}</span>
        <span className="block text-caption text-muted sm:hidden">
          {[roleNames[role], nameOf(customerId)].filter((part) => part !== null).join(', ')}
        </span>
      </>
    ),
  },
  {
    name: 'Role',
    from: 'sm',
    cell: ({ role, customerId }) => (
      <>
        {roleNames[role]}
        {customerId !== null && <span className="block text-caption text-muted">{nameOf(customerId)}</span>}
      </>
    ),
  },
  {
    name: 'State',
    cell: ({ state }) => (
      <Status tone={states[state].tone} icon={states[state].icon}>
        {states[state].word}
      </Status>
    ),
  },
  { name: since, from: 'md', align: 'end', cell: ({ createdAt }) => formatInstant(createdAt, timeZone) },
];

export const MemberTable = ({ members, nameOf }: { members: Member[]; nameOf: NameOf }) => (
  <DataTable caption="Members" columns={columns(nameOf, useMe().tenant.timeZone, 'Member since')} rows={members} />
);

export const InvitationTable = ({ invitations, nameOf }: { invitations: Invitation[]; nameOf: NameOf }) => (
  <DataTable caption="Invitations" columns={columns(nameOf, useMe().tenant.timeZone, 'Invited')} rows={invitations} />
);
