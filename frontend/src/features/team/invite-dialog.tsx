import type { NewInvitation } from '@legendops/auth/contract';
import { roles, type Role } from '@legendops/kit/contract/permissions';
import { useState } from 'react';
import { CustomerPicker } from '../../components/customer-picker.tsx';
import { DialogSubmit } from '../../components/dialog-submit.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { DraftForm } from '../../components/draft-form.tsx';
import { SelectField, TextField } from '../../components/fields.tsx';
import { roleNames } from '../../components/role-names.ts';
import { placeOf } from '../../lib/problem.ts';
import { roleHints } from './role-hints.ts';
import { useInvite } from './team-acts.ts';

interface InviteDialogProps {
  onInvited: (email: string) => void;
  onClose: () => void;
}

export const invitationDraft = 'member.invite';

export const InviteDialog = ({ onInvited, onClose }: InviteDialogProps) => {
  const [role, setRole] = useState<Role>('support_user');
  const inviting = useInvite();
  return (
    <Dialog title="Invite a person" act={inviting} onClose={onClose}>
      <DraftForm
        name={invitationDraft}
        act={inviting}
        onSubmit={(form) => {
          // The browser has seen to it that nothing is missing; the rest the service says, field by field.
          const given = [...form].filter(([, value]) => value !== '');
          inviting.run(Object.fromEntries(given) as NewInvitation, ({ email }) => onInvited(email));
        }}
      >
        <TextField label="Name" name="name" required maxLength={256} error={placeOf(inviting.error, 'name')} />
        <TextField
          label="E-mail"
          name="email"
          type="email"
          required
          maxLength={320}
          error={placeOf(inviting.error, 'email')}
        />
        <SelectField
          label="Role"
          name="role"
          value={role}
          onChange={({ currentTarget }) => setRole(currentTarget.value as Role)}
          hint={roleHints[role]}
        >
          {roles.map((name) => (
            <option key={name} value={name}>
              {roleNames[name]}
            </option>
          ))}
        </SelectField>
        {role === 'guest' && <CustomerPicker label="Customer" none="Choose a customer" name="customerId" required />}
        <DialogSubmit act={inviting}>Send invitation</DialogSubmit>
      </DraftForm>
    </Dialog>
  );
};
