import type { Product } from '@legendops/catalog/contract';
import type { ShownFileKind } from '@legendops/catalog/product-file/contract';
import { FilePlus2, ImagePlus } from 'lucide-react';
import { useState } from 'react';
import { ActProblem } from '../../components/act-problem.tsx';
import { Button } from '../../components/button.tsx';
import { CancelButton, Dialog, DialogActions } from '../../components/dialog.tsx';
import { DraftForm, useKept } from '../../components/draft-form.tsx';
import { TextField } from '../../components/fields.tsx';
import { placeOf } from '../../lib/problem.ts';
import { fileWords } from './file-words.ts';
import { useAddFile } from './product-file-acts.ts';

interface AddFileDialogProps {
  product: Product;
  kind: ShownFileKind;
  draft: string;
  onClose: () => void;
}

const AddFileDialog = ({ product, kind, draft, onClose }: AddFileDialogProps) => {
  const [sent, setSent] = useState(0);
  const adding = useAddFile();
  const words = fileWords[kind];
  const { error } = adding;
  return (
    <Dialog title={`${words.add}: ${product.name}`} act={adding} onClose={onClose}>
      <DraftForm
        name={draft}
        act={adding}
        onSubmit={(form) => {
          const [file, name] = [form.get('file'), form.get('name')];
          if (!(file instanceof File) || typeof name !== 'string') return;
          setSent(0);
          const { container } = words;
          adding.run(
            {
              sent: { file, container, contentType: file.type, onProgress: setSent },
              input: { productId: product.id, kind, name: name.trim() },
            },
            onClose,
          );
        }}
      >
        <TextField
          label="File"
          name="file"
          type="file"
          accept={words.accept}
          required
          hint={words.fileHint}
          error={placeOf(error, 'contentType') ?? placeOf(error, 'bytes')}
        />
        <TextField
          label={words.name}
          name="name"
          required
          maxLength={256}
          hint={words.nameHint}
          error={placeOf(error, 'name')}
        />
        {adding.pending && (
          <label className="flex flex-col gap-1 text-muted">
            {sent < 1 ? 'Sending the file' : 'Looking at the file'}
            <progress className="w-full accent-accent" max={1} value={sent < 1 ? sent : undefined} />
          </label>
        )}
        <ActProblem error={error} />
        <DialogActions>
          <CancelButton />
          <Button type="submit" look="primary" pending={adding.pending}>
            {words.save}
          </Button>
        </DialogActions>
      </DraftForm>
    </Dialog>
  );
};

export const AddFileButton = ({ product, kind }: { product: Product; kind: ShownFileKind }) => {
  const draft = `${kind}.add ${product.id}`;
  const [open, setOpen] = useState(useKept(draft));
  const Icon = kind === 'picture' ? ImagePlus : FilePlus2;
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <Icon aria-hidden />
        {fileWords[kind].add}
      </Button>
      {open && <AddFileDialog product={product} kind={kind} draft={draft} onClose={() => setOpen(false)} />}
    </>
  );
};
