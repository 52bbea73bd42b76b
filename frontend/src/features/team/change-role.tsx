import type { Member } from '@legendops/auth/contract';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { useKept } from '../../components/draft-form.tsx';
import { ChangeRoleDialog, roleDraft } from './change-role-dialog.tsx';

/** Gives a member another role; what is changed is what was seen when it was pressed. */
export const ChangeRole = ({ member }: { member: Member }) => {
  const [seen, setSeen] = useState(useKept(roleDraft(member.id)) ? member : null);
  return (
    <>
      <Button look="quiet" aria-label={`Change the role of ${member.name}`} onClick={() => setSeen(member)}>
        Change role
      </Button>
      {seen !== null && <ChangeRoleDialog member={seen} onClose={() => setSeen(null)} />}
    </>
  );
};
