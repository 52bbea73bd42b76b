import type { NewUpload } from '@legendops/catalog/media/contract';
import type { ActKind } from './perform-act.ts';
import { putFile, type OnProgress } from './put-file.ts';
import { carryOut, useRunOnce } from './use-act.ts';

export interface FileToSend extends Pick<NewUpload, 'container' | 'contentType'> {
  file: File;
  onProgress: OnProgress;
}

/** An act on a file that is sent first: what is done with it is told the id by which it is kept. */
export const useActOnFile = <Input extends object, Answer>(kind: ActKind<Input & { mediaId: string }, Answer>) =>
  useRunOnce(async ({ sent, input }: { sent: FileToSend; input: Input }): Promise<Answer> => {
    const { file, onProgress, ...wanted } = sent;
    const { id: mediaId } = await putFile(file, wanted, onProgress);
    return carryOut(kind, { ...input, mediaId });
  });
