import { Stencil, type StencilChange } from '@legendops/catalog/stencil-library/contract';
import { useState } from 'react';
import { api, writer } from '../../lib/api.ts';
import type { ActKind } from '../../lib/act/perform-act.ts';
import { uploadFile } from '../../lib/act/upload-file.ts';
import { useAct, useRunOnce, type Act } from '../../lib/act/use-act.ts';
import { dropRow, putRow, refresh } from '../../lib/cache.ts';
import { catalogPath } from '../../lib/queries/catalog.ts';
import { mastersPath, packageLink, stencilById, stencilsPath } from '../../lib/queries/stencils.ts';
import { queryClient } from '../../lib/query-client.ts';
import { savedName } from './visio-file.ts';

interface FileOfVisio {
  file: File;
  contentType: string;
}

/** How far an upload is: the share of the bytes that went, and after the last one the reading. */
export type UploadStep = { step: 'sending'; share: number } | { step: 'reading' };

interface Uploading<Input> extends Act<Input, Stencil> {
  at: UploadStep | undefined;
}

const readAgain = (stencil: Stencil): void => {
  queryClient.setQueryData(stencilById(stencil.id).queryKey, stencil);
  void Promise.all([refresh(stencilsPath), refresh(mastersPath), refresh(catalogPath)]);
};

const useUpload = <Input extends FileOfVisio>(
  request: (input: Input) => { path: string; body: object },
): Uploading<Input> => {
  const [at, setAt] = useState<UploadStep>();
  const act = useRunOnce(async (input: Input): Promise<Stencil> => {
    const { file, contentType } = input;
    try {
      setAt({ step: 'sending', share: 0 });
      const onProgress = (share: number) => setAt(share < 1 ? { step: 'sending', share } : { step: 'reading' });
      const { id: mediaId } = await uploadFile({ file, contentType, container: 'visio-stencils', onProgress });
      const { path, body } = request(input);
      const sent = { ...body, mediaId, fileName: savedName(file.name) };
      const stencil = await writer.request({ method: 'POST', path, body: sent }, Stencil);
      readAgain(stencil);
      return stencil;
    } finally {
      setAt(undefined);
    }
  });
  return { ...act, at };
};

export const useUploadStencil = () =>
  useUpload(({ name }: FileOfVisio & { name: string }) => ({ path: stencilsPath, body: { name } }));

export const useUploadVersion = (stencilId: string) =>
  useUpload((_: FileOfVisio) => ({ path: `${stencilsPath}/${stencilId}/versions`, body: {} }));

interface SeenStencil {
  stencil: Stencil;
  change: StencilChange;
}

const changeStencil: ActKind<SeenStencil, Stencil> = {
  request: ({ stencil: { id, version }, change: body }) => ({
    method: 'PATCH',
    path: `${stencilsPath}/${id}`,
    body,
    version,
  }),
  answer: Stencil,
  done: (stencil) => {
    queryClient.setQueryData(stencilById(stencil.id).queryKey, stencil);
    putRow(stencilsPath, stencil);
    // Their names stand beside its masters.
    void Promise.all([refresh(mastersPath), refresh(catalogPath)]);
  },
  refused: ({ stencil: { id } }) => void queryClient.invalidateQueries({ queryKey: [stencilsPath, id] }),
  readBack: ({ stencil: { id } }) => api.request({ method: 'GET', path: `${stencilsPath}/${id}` }, Stencil),
};
export const useChangeStencil = () => useAct(changeStencil);

const removeStencil: ActKind<Stencil, void> = {
  request: ({ id, version }) => ({ method: 'DELETE', path: `${stencilsPath}/${id}`, version }),
  answer: null,
  done: (_, { id }) => {
    dropRow(stencilsPath, id);
    void Promise.all([refresh(mastersPath), refresh(catalogPath)]);
  },
  refused: ({ id }) => void queryClient.invalidateQueries({ queryKey: [stencilsPath, id] }),
};
export const useRemoveStencil = () => useAct(removeStencil);

/** Saves the package of a version: its address is signed anew each time. */
export const useDownload = ({ stencilId, number }: { stencilId: string; number: number }) =>
  useRunOnce(async () => {
    const link = document.createElement('a');
    link.href = (await packageLink(stencilId, number)).url;
    link.rel = 'noreferrer';
    link.click();
  });
