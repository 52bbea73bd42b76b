import type { Invitation, Member } from '@legendops/auth/contract';
import { CircleCheck, CircleSlash, Clock, ClockAlert, MailCheck, MailX, type LucideIcon } from 'lucide-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { roleNames } from '../../components/role-names.ts';
import { Status, type Tone } from '../../components/status.tsx';
import { formatInstant } from '../../lib/calendar.ts';
import { customerNames } from '../../lib/queries/customers.ts';
import { useMay, useMe } from '../../lib/session.ts';
import { InvitationActs, MemberActs } from './person-acts.tsx';
import { stateOf, type Person, type PersonState } from './person-state.ts';

type NameOf = (customerId: string | null) => string | null;

interface Shown {
  tone: Tone;
  icon: LucideIcon;
  word: string;
}

const states: Record<PersonState, Shown> = {
  active: { tone: 'ok', icon: CircleCheck, word: 'Active' },
  disabled: { tone: 'quiet', icon: CircleSlash, word: 'Disabled' },
  pending: { tone: 'info', icon: Clock, word: 'Being sent' },
  sent: { tone: 'info', icon: MailCheck, word: 'Sent' },
  undelivered: { tone: 'bad', icon: MailX, word: 'Not delivered' },
  expired: { tone: 'warn', icon: ClockAlert, word: 'Expired' },
  redeemed: { tone: 'ok', icon: CircleCheck, word: 'Redeemed' },
  revoked: { tone: 'quiet', icon: CircleSlash, word: 'Revoked' },
};

const StateOf = ({ person }: { person: Person }) => {
  const [now] = useState(() => new Date());
  const { tone, icon, word } = states[stateOf(person, now)];
  return (
    <Status tone={tone} icon={icon}>
      {word}
    </Status>
  );
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
  { name: 'State', cell: (person) => <StateOf person={person} /> },
  { name: since, from: 'md', align: 'end', cell: ({ createdAt }) => formatInstant(createdAt, timeZone) },
];

const memberActs: Column<Member> = {
  name: 'Acts',
  nameless: true,
  align: 'end',
  cell: (member) => <MemberActs member={member} />,
};
const invitationActs: Column<Invitation> = {
  name: 'Acts',
  nameless: true,
  align: 'end',
  cell: (invitation) => <InvitationActs invitation={invitation} />,
};

/** The names of these people's customers, where they are guests of one. */
const useNameOf = (people: readonly Person[]): NameOf => {
  const ids = people.flatMap(({ customerId }) => customerId ?? []);
  const { data: names } = useQuery(customerNames(ids));
  return (customerId) => (customerId === null ? null : (names?.get(customerId) ?? 'One customer'));
};

export const MemberTable = ({ members }: { members: Member[] }) => {
  const nameOf = useNameOf(members);
  const mayChange = useMay('member.write');
  const shown = columns(nameOf, useMe().tenant.timeZone, 'Member since');
  return <DataTable caption="Members" columns={mayChange ? [...shown, memberActs] : shown} rows={members} />;
};

export const InvitationTable = ({ invitations }: { invitations: Invitation[] }) => {
  const nameOf = useNameOf(invitations);
  const mayChange = useMay('member.invite');
  const shown = columns(nameOf, useMe().tenant.timeZone, 'Invited');
  return (
    <DataTable caption="Invitations" columns={mayChange ? [...shown, invitationActs] : shown} rows={invitations} />
  );
};
