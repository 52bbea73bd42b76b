import { AddedFile, type ShownFile, type ShownFileKind } from '@legendops/catalog/product-file/contract';
import type { ActKind } from '../../lib/act/perform-act.ts';
import { putFile, type OnProgress } from '../../lib/act/put-file.ts';
import { carryOut, useAct, useRunOnce } from '../../lib/act/use-act.ts';
import { catalogPath, filesOf } from '../../lib/queries/catalog.ts';
import { queryClient } from '../../lib/query-client.ts';

interface OfProduct {
  productId: string;
}

const pathOf = (productId: string): string => `${catalogPath}/${productId}/files`;

const readAgain = ({ productId }: OfProduct) =>
  void queryClient.invalidateQueries({ queryKey: filesOf(productId).queryKey });

const containers = { picture: 'product-images', document: 'documents' } as const;

const addFile: ActKind<OfProduct & { kind: ShownFileKind; mediaId: string; name: string }, AddedFile> = {
  request: ({ productId, ...body }) => ({ method: 'POST', path: pathOf(productId), body }),
  answer: AddedFile,
  done: (_, input) => readAgain(input),
  refused: readAgain,
};

export interface SentFile extends OfProduct {
  kind: ShownFileKind;
  file: File;
  name: string;
  onProgress: OnProgress;
}

/** Sends the file, has it looked at, and adds it to the product. */
export const useAddFile = () =>
  useRunOnce(async ({ productId, kind, file, name, onProgress }: SentFile) => {
    const media = await putFile(file, { container: containers[kind], contentType: file.type }, onProgress);
    return carryOut(addFile, { productId, kind, mediaId: media.id, name });
  });

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
