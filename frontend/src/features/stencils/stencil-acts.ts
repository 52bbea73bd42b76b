import { Stencil, type StencilChange } from '@legendops/catalog/stencil-library/contract';
import { api } from '../../lib/api.ts';
import type { ActKind } from '../../lib/act/perform-act.ts';
import { putFile, type OnProgress } from '../../lib/act/put-file.ts';
import { carryOut, useAct, useRunOnce } from '../../lib/act/use-act.ts';
import { dropRow, putRow, refresh } from '../../lib/cache.ts';
import { catalogPath } from '../../lib/queries/catalog.ts';
import { mastersPath, packageLink, stencilById, stencilsPath } from '../../lib/queries/stencils.ts';
import { queryClient } from '../../lib/query-client.ts';
import { savedName } from './visio-file.ts';

export interface FileOfVisio {
  file: File;
  contentType: string;
  /** Of the bytes, from 0 to 1. */
  onProgress: OnProgress;
}

const readAgain = (stencil: Stencil): void => {
  queryClient.setQueryData(stencilById(stencil.id).queryKey, stencil);
  void Promise.all([refresh(stencilsPath), refresh(mastersPath), refresh(catalogPath)]);
};

interface Arrived {
  mediaId: string;
  fileName: string;
}

const addStencil: ActKind<Arrived & { name: string }, Stencil> = {
  request: (body) => ({ method: 'POST', path: stencilsPath, body }),
  answer: Stencil,
  done: readAgain,
};

const addVersion: ActKind<Arrived & { stencilId: string }, Stencil> = {
  request: ({ stencilId, ...body }) => ({ method: 'POST', path: `${stencilsPath}/${stencilId}/versions`, body }),
  answer: Stencil,
  done: readAgain,
};

const arrive = async ({ file, contentType, onProgress }: FileOfVisio): Promise<Arrived> => {
  const { id } = await putFile(file, { container: 'visio-stencils', contentType }, onProgress);
  return { mediaId: id, fileName: savedName(file.name) };
};

/** Sends the file, has it looked at, and makes a stencil of it. */
export const useUploadStencil = () =>
  useRunOnce(async ({ name, ...sent }: FileOfVisio & { name: string }) =>
    carryOut(addStencil, { ...(await arrive(sent)), name }),
  );

export const useUploadVersion = (stencilId: string) =>
  useRunOnce(async (sent: FileOfVisio) => carryOut(addVersion, { ...(await arrive(sent)), stencilId }));

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
