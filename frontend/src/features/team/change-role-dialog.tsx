import type { Member, MemberChange } from '@legendops/auth/contract';
import { roles } from '@legendops/kit/contract/permissions';
import { useState } from 'react';
import { CustomerPicker } from '../../components/customer-picker.tsx';
import { DialogSubmit } from '../../components/dialog-submit.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { DraftForm } from '../../components/draft-form.tsx';
import { SelectField } from '../../components/fields.tsx';
import { roleNames } from '../../components/role-names.ts';
import { useMe } from '../../lib/session.ts';
import { roleHints } from './role-hints.ts';
import { useChangeMember } from './team-acts.ts';

/** Names the form, so that what is chosen finds back to this person's row. */
export const roleDraft = (memberId: string): string => `member.role ${memberId}`;

export const ChangeRoleDialog = ({ member, onClose }: { member: Member; onClose: () => void }) => {
  const isMe = useMe().member.id === member.id;
  const [chosen, setChosen] = useState('');
  const changing = useChangeMember();
  // A guest may become the guest of another customer; every other role is another one or no change.
  const choices = roles.filter((role) => role === 'guest' || role !== member.role);
  const role = choices.find((name) => name === chosen);
  return (
    <Dialog title={`Change the role of ${member.name}`} act={changing} onClose={onClose}>
      <DraftForm
        name={roleDraft(member.id)}
        act={changing}
        onSubmit={(form) => {
          // The browser has seen to it that both are chosen.
          const change = Object.fromEntries([...form].filter(([, value]) => value !== '')) as MemberChange;
          changing.run({ seen: member, change }, onClose);
        }}
      >
        <p>
          Now <strong>{roleNames[member.role]}</strong>. {roleHints[member.role]}
        </p>
        <SelectField
          label="New role"
          name="role"
          required
          value={chosen}
          onChange={({ currentTarget }) => setChosen(currentTarget.value)}
          hint={role && roleHints[role]}
        >
          <option value="">Choose a role</option>
          {choices.map((name) => (
            <option key={name} value={name}>
              {roleNames[name]}
            </option>
          ))}
        </SelectField>
        {role === 'guest' && <CustomerPicker label="Customer" none="Choose a customer" name="customerId" required />}
        <p>{isMe ? ofMyself : ofAnother(member)}</p>
        <DialogSubmit act={changing}>Change role</DialogSubmit>
      </DraftForm>
    </Dialog>
  );
};

const ofMyself =
  'This is you. It holds at once: you are signed out, and sign in again with the new role. Only an administrator can change it back.';

const ofAnother = ({ name, state }: Member): string =>
  state === 'active'
    ? `It holds at once: ${name} is signed out everywhere, and signs in again with the new role.`
    : `${name} is disabled and stays so; the new role holds once somebody enables them.`;
