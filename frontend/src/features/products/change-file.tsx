import type { ShownFile } from '@legendops/catalog/product-file/contract';
import { Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { AskFirst } from '../../components/ask-first.tsx';
import { Button } from '../../components/button.tsx';
import { DialogSubmit } from '../../components/dialog-submit.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { DraftForm, useKept } from '../../components/draft-form.tsx';
import { TextField } from '../../components/fields.tsx';
import { placeOf } from '../../lib/problem.ts';
import { fileWords } from './file-words.ts';
import { useRemoveFile, useRenameFile, type OneFile } from './product-file-acts.ts';

export const ChangeFile = ({ productId, file }: OneFile) => {
  const draft = `file.rename ${file.id}`;
  const [open, setOpen] = useState(useKept(draft));
  const renaming = useRenameFile();
  const words = fileWords[file.kind];
  const close = () => {
    setOpen(false);
    renaming.reset();
  };
  return (
    <>
      <Button look="quiet" aria-label={`${words.change}: ${file.name}`} onClick={() => setOpen(true)}>
        <Pencil aria-hidden />
      </Button>
      {open && (
        <Dialog title={words.change} act={renaming} onClose={close}>
          <DraftForm
            name={draft}
            act={renaming}
            onSubmit={(form) => {
              const name = form.get('name');
              if (typeof name === 'string') renaming.run({ productId, file, name: name.trim() }, close);
            }}
          >
            <TextField
              label={words.name}
              name="name"
              required
              maxLength={256}
              defaultValue={file.name}
              hint={words.nameHint}
              error={placeOf(renaming.error, 'name')}
            />
            <DialogSubmit act={renaming}>Save</DialogSubmit>
          </DraftForm>
        </Dialog>
      )}
    </>
  );
};

const consequences: Record<ShownFile['kind'], string> = {
  picture: 'Nobody sees it any more. Where it was the main picture, the next one is.',
  document: 'Nobody finds it any more.',
};

export const RemoveFile = ({ productId, file }: OneFile) => (
  <AskFirst
    subject={{ productId, file }}
    act={useRemoveFile()}
    look="quiet"
    label={`${fileWords[file.kind].confirm}: ${file.name}`}
    renderQuestion={({ file: seen }) => ({
      title: `Remove “${seen.name}”?`,
      confirm: fileWords[seen.kind].confirm,
      look: 'danger',
      body: <p>{consequences[seen.kind]}</p>,
    })}
  >
    <Trash2 aria-hidden />
  </AskFirst>
);
