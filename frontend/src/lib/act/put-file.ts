import { Media, Upload, type NewUpload } from '@legendops/catalog/media/contract';
import { ApiProblem } from '../problem.ts';
import type { ActKind } from './perform-act.ts';
import { carryOut } from './use-act.ts';

const uploadsPath = '/api/catalog/v1/media-uploads';

const beginUpload: ActKind<NewUpload, Upload> = {
  request: (body) => ({ method: 'POST', path: uploadsPath, body }),
  answer: Upload,
};

const finishUpload: ActKind<string, Media> = {
  request: (id) => ({ method: 'POST', path: `${uploadsPath}/${id}/completion` }),
  answer: Media,
};

const notSent = (detail: string): ApiProblem =>
  new ApiProblem({ code: 'upload.not-sent', title: 'The file did not arrive', detail, status: 409 });

/** Of what goes over the line, from 0 to 1. */
export type OnProgress = (part: number) => void;

// fetch does not tell how much of a body was sent.
const putBytes = ({ url, headers }: Upload, file: Blob, onProgress: OnProgress): Promise<void> =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('PUT', url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.addEventListener('progress', ({ loaded, total }) => onProgress(total === 0 ? 0 : loaded / total));
    request.addEventListener('load', () => {
      if (request.status >= 200 && request.status < 300) resolve();
      else reject(notSent(`The storage answered ${request.status}. Choose the file again.`));
    });
    request.addEventListener('error', () =>
      reject(notSent('Check your network connection, then choose the file again.')),
    );
    request.send(file);
  });

/** Sends a file to where the catalog keeps it, which looks at it and says what is wrong with it. */
export const putFile = async (
  file: File,
  wanted: Pick<NewUpload, 'container' | 'contentType'>,
  onProgress: OnProgress,
): Promise<Media> => {
  const upload = await carryOut(beginUpload, { ...wanted, bytes: file.size });
  await putBytes(upload, file, onProgress);
  return carryOut(finishUpload, upload.id);
};
