import type { Stencil } from '@legendops/catalog/stencil-library/contract';
import { useState } from 'react';
import { AskFirst } from '../../components/ask-first.tsx';
import { Button } from '../../components/button.tsx';
import { DialogSubmit } from '../../components/dialog-submit.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { DraftForm, useKept } from '../../components/draft-form.tsx';
import { TextField } from '../../components/fields.tsx';
import { placeOf } from '../../lib/problem.ts';
import { useRouting } from '../../lib/router/router.tsx';
import { useChangeStencil, useRemoveStencil } from './stencil-acts.ts';

export const ChangeStencil = ({ stencil }: { stencil: Stencil }) => {
  const draft = `stencil.change ${stencil.id}`;
  const [seen, setSeen] = useState(useKept(draft) ? stencil : null);
  const { navigate } = useRouting();
  const changing = useChangeStencil();
  const removing = useRemoveStencil();
  const close = () => {
    setSeen(null);
    changing.reset();
  };
  return (
    <>
      <Button onClick={() => setSeen(stencil)}>Change</Button>
      <AskFirst
        subject={stencil}
        act={{ ...removing, run: (subject) => removing.run(subject, () => navigate({ to: '/stencils' })) }}
        look="danger"
        renderQuestion={({ name }) => ({
          title: `Remove ${name}?`,
          confirm: 'Remove stencil',
          look: 'danger',
          body: <p>It is gone with all its versions, and products are drawn by its shapes no more.</p>,
        })}
      >
        Remove
      </AskFirst>
      {seen !== null && (
        <Dialog title={`Change ${seen.name}`} act={changing} onClose={close}>
          <DraftForm
            name={draft}
            act={changing}
            onSubmit={(form) => {
              const name = form.get('name');
              if (typeof name !== 'string') return;
              const change = { name, isPublished: form.get('isPublished') === 'on' };
              changing.run({ stencil: seen, change }, close);
            }}
          >
            <TextField
              label="Name"
              name="name"
              required
              maxLength={128}
              defaultValue={seen.name}
              error={placeOf(changing.error, 'name')}
            />
            <label className="flex items-center gap-2">
              <input type="checkbox" name="isPublished" defaultChecked={seen.isPublished} />
              Show its newest version to the people of your customers
            </label>
            <DialogSubmit act={changing}>Save stencil</DialogSubmit>
          </DraftForm>
        </Dialog>
      )}
    </>
  );
};
