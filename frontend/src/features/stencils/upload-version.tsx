import type { Stencil } from '@legendops/catalog/stencil-library/contract';
import { Upload } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { useRouting } from '../../lib/router/router.tsx';
import { useUploadVersion } from './stencil-acts.ts';
import { UploadDialog } from './upload-dialog.tsx';
import { savedName } from './visio-file.ts';

export const UploadVersion = ({ stencil: { id, latest } }: { stencil: Stencil }) => {
  const [open, setOpen] = useState(false);
  const { navigate } = useRouting();
  const uploading = useUploadVersion();
  // The answer is the stencil as it stands: no new number, no new version.
  const isKnown = uploading.answer !== undefined && uploading.answer.latest === latest && open;
  const close = () => {
    setOpen(false);
    uploading.reset();
  };
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <Upload aria-hidden />
        Add version
      </Button>
      {open && (
        <UploadDialog
          title="Add a version"
          confirm="Add version"
          act={uploading}
          renderMore={() =>
            isKnown && (
              <Notice tone="info" title="This file is a version of the stencil already">
                Nothing was added. Choose another file.
              </Notice>
            )
          }
          onUpload={(sent) =>
            uploading.run({ sent, input: { stencilId: id, fileName: savedName(sent.file.name) } }, (stencil) => {
              if (stencil.latest === latest) return;
              close();
              const search = { before: latest, after: stencil.latest };
              navigate({ to: '/stencils/$stencilId/comparison', params: { stencilId: id }, search });
            })
          }
          onClose={close}
        />
      )}
    </>
  );
};
