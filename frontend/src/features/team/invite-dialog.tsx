import { NewInvitation } from '@legendops/auth/contract';
import { roles } from '@legendops/kit/contract/permissions';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { CustomerPicker } from '../../components/customer-picker.tsx';
import { Dialog, DialogActions } from '../../components/dialog.tsx';
import { SelectField, TextField } from '../../components/fields.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { roleNames } from '../../components/role-names.ts';
import { placeOf } from '../../lib/problem.ts';
import { useInvite } from './team-acts.ts';

interface InviteDialogProps {
  onInvited: (email: string) => void;
  onClose: () => void;
}

export const InviteDialog = ({ onInvited, onClose }: InviteDialogProps) => {
  const [role, setRole] = useState<string>('support_user');
  const [wrong, setWrong] = useState<string>();
  const inviting = useInvite();
  return (
    <Dialog title="Invite a person" onClose={onClose}>
      <form
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          const given = [...new FormData(event.currentTarget)].filter(([, value]) => value !== '');
          const read = NewInvitation.safeParse(Object.fromEntries(given));
          setWrong(read.error?.issues[0]?.message);
          if (read.success) inviting.mutate(read.data, { onSuccess: ({ email }) => onInvited(email) });
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
          onChange={({ currentTarget }) => setRole(currentTarget.value)}
          hint={roleHints[role]}
        >
          {roles.map((name) => (
            <option key={name} value={name}>
              {roleNames[name]}
            </option>
          ))}
        </SelectField>
        {role === 'guest' && <CustomerPicker label="Customer" none="Choose a customer" name="customerId" required />}
        {wrong !== undefined && (
          <p role="alert" className="text-bad">
            {wrong}
          </p>
        )}
        {inviting.isError && <ProblemNotice error={inviting.error} />}
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" pending={inviting.isPending}>
            Send invitation
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
};

const roleHints: Record<string, string> = {
  tenant_admin: 'May do everything: connections, prices, approvals, postings, team.',
  billing_viewer: 'Sees billing, changes nothing.',
  support_user: 'Keeps customers; sees no billing.',
  guest: 'A person of one customer: sees its usage and invoices.',
};
