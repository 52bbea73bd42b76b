import { AddedFile, type ShownFile, type ShownFileKind } from '@legendops/catalog/product-file/contract';
import { useActOnFile } from '../../lib/act/act-on-file.ts';
import type { ActKind } from '../../lib/act/perform-act.ts';
import { useAct } from '../../lib/act/use-act.ts';
import { catalogPath, filesOf, picturesKey } from '../../lib/queries/catalog.ts';
import { queryClient } from '../../lib/query-client.ts';

interface OfProduct {
  productId: string;
}

const pathOf = (productId: string): string => `${catalogPath}/${productId}/files`;

const readAgain = ({ productId }: OfProduct) =>
  void Promise.all(
    [filesOf(productId).queryKey, picturesKey].map((queryKey) => queryClient.invalidateQueries({ queryKey })),
  );

interface NewFile extends OfProduct {
  kind: ShownFileKind;
  name: string;
}

const addFile: ActKind<NewFile & { mediaId: string }, AddedFile> = {
  request: ({ productId, ...body }) => ({ method: 'POST', path: pathOf(productId), body }),
  answer: AddedFile,
  done: (_, input) => readAgain(input),
  refused: readAgain,
};

/** Sends the file, has it looked at, and adds it to the product. */
export const useAddFile = () => useActOnFile<NewFile, AddedFile>(addFile);

const orderFiles: ActKind<OfProduct & { kind: ShownFileKind; ids: string[] }, void> = {
  request: ({ productId, ...body }) => ({ method: 'PUT', path: `${pathOf(productId)}/order`, body }),
  answer: null,
  done: (_, input) => readAgain(input),
  refused: readAgain,
};
export const useOrderFiles = () => useAct(orderFiles);

export interface OneFile extends OfProduct {
  file: ShownFile;
}

const renameFile: ActKind<OneFile & { name: string }, void> = {
  request: ({ productId, file, name }) => ({
    method: 'PATCH',
    path: `${pathOf(productId)}/${file.id}`,
    body: { name },
  }),
  answer: null,
  done: (_, input) => readAgain(input),
  refused: readAgain,
};
export const useRenameFile = () => useAct(renameFile);

const removeFile: ActKind<OneFile, void> = {
  request: ({ productId, file }) => ({ method: 'DELETE', path: `${pathOf(productId)}/${file.id}` }),
  answer: null,
  done: (_, input) => readAgain(input),
  refused: readAgain,
};
export const useRemoveFile = () => useAct(removeFile);
