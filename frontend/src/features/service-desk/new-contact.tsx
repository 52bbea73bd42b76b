import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { DialogSubmit } from '../../components/dialog-submit.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { DraftForm, useKept } from '../../components/draft-form.tsx';
import { TextField } from '../../components/fields.tsx';
import { textOf } from '../../components/text-of.ts';
import { placeOf } from '../../lib/problem.ts';
import { useCreateContact } from './ticket-acts.ts';

interface NewContactProps {
  customerId: string;
  clientName: string;
}

const draftOf = (customerId: string) => `contact.new.${customerId}`;

export const NewContactButton = (props: NewContactProps) => {
  const [open, setOpen] = useState(useKept(draftOf(props.customerId)));
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <Plus aria-hidden />
        New contact
      </Button>
      {open && <NewContactDialog {...props} onClose={() => setOpen(false)} />}
    </>
  );
};

const NewContactDialog = ({ customerId, clientName, onClose }: NewContactProps & { onClose: () => void }) => {
  const creating = useCreateContact();
  const field = (name: string) => ({ name, error: placeOf(creating.error, name) });
  return (
    <Dialog title={`New contact of ${clientName}`} act={creating} onClose={onClose}>
      <DraftForm
        name={draftOf(customerId)}
        act={creating}
        onSubmit={(form) => {
          const phone = textOf(form, 'phone').trim();
          const contact = {
            firstName: textOf(form, 'firstName').trim(),
            lastName: textOf(form, 'lastName').trim(),
            email: textOf(form, 'email').trim(),
            ...(phone !== '' && { phone }),
          };
          creating.run({ customerId, contact }, onClose);
        }}
      >
        <TextField label="First name" required maxLength={100} {...field('firstName')} />
        <TextField label="Last name" required maxLength={100} {...field('lastName')} />
        <TextField
          label="E-mail"
          type="email"
          required
          maxLength={320}
          hint="SuperOps knows people by it: each once."
          {...field('email')}
        />
        <TextField label="Phone" type="tel" maxLength={50} {...field('phone')} />
        <DialogSubmit act={creating}>Add contact</DialogSubmit>
      </DraftForm>
    </Dialog>
  );
};
