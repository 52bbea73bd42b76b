import { Upload } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { TextField } from '../../components/fields.tsx';
import { placeOf } from '../../lib/problem.ts';
import { useRouting } from '../../lib/router/router.tsx';
import { useUploadStencil } from './stencil-acts.ts';
import { UploadDialog } from './upload-dialog.tsx';
import { nameFrom, savedName } from './visio-file.ts';

export const UploadStencil = () => {
  const [open, setOpen] = useState(false);
  const { navigate } = useRouting();
  const uploading = useUploadStencil();
  const close = () => {
    setOpen(false);
    uploading.reset();
  };
  return (
    <>
      <Button look="primary" onClick={() => setOpen(true)}>
        <Upload aria-hidden />
        Add stencil
      </Button>
      {open && (
        <UploadDialog
          title="Add a stencil"
          confirm="Add stencil"
          act={uploading}
          renderMore={({ file }) => (
            <TextField
              key={file.name}
              label="Name"
              name="name"
              required
              maxLength={128}
              defaultValue={nameFrom(file.name)}
              error={placeOf(uploading.error, 'name')}
            />
          )}
          onUpload={(sent, form) => {
            const name = form.get('name');
            if (typeof name !== 'string') return;
            uploading.run({ sent, input: { name, fileName: savedName(sent.file.name) } }, ({ id }) =>
              navigate({ to: '/stencils/$stencilId', params: { stencilId: id } }),
            );
          }}
          onClose={close}
        />
      )}
    </>
  );
};
