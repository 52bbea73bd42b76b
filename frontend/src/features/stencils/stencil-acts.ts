import { Stencil, type StencilChange } from '@legendops/catalog/stencil-library/contract';
import { api } from '../../lib/api.ts';
import { useActOnFile } from '../../lib/act/act-on-file.ts';
import { useOpenAddress } from '../../lib/act/open-address.ts';
import type { ActKind } from '../../lib/act/perform-act.ts';
import { useAct } from '../../lib/act/use-act.ts';
import { dropRow, putRow, refresh } from '../../lib/cache.ts';
import { catalogPath } from '../../lib/queries/catalog.ts';
import { mastersPath, packageLink, stencilById, stencilsPath } from '../../lib/queries/stencils.ts';
import { queryClient } from '../../lib/query-client.ts';

const readAgain = (stencil: Stencil): void => {
  queryClient.setQueryData(stencilById(stencil.id).queryKey, stencil);
  void Promise.all([refresh(stencilsPath), refresh(mastersPath), refresh(catalogPath)]);
};

interface NewStencilFile {
  name: string;
  fileName: string;
}

interface NewVersionFile {
  stencilId: string;
  fileName: string;
}

interface Arrived {
  mediaId: string;
}

const addStencil: ActKind<NewStencilFile & Arrived, Stencil> = {
  request: (body) => ({ method: 'POST', path: stencilsPath, body }),
  answer: Stencil,
  done: readAgain,
};

const addVersion: ActKind<NewVersionFile & Arrived, Stencil> = {
  request: ({ stencilId, ...body }) => ({ method: 'POST', path: `${stencilsPath}/${stencilId}/versions`, body }),
  answer: Stencil,
  done: readAgain,
};

/** Sends the file, has it looked at, and makes a stencil of it. */
export const useUploadStencil = () => useActOnFile<NewStencilFile, Stencil>(addStencil);

export const useUploadVersion = () => useActOnFile<NewVersionFile, Stencil>(addVersion);

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
  useOpenAddress(() => packageLink(stencilId, number));
