import { Media, Upload, type MediaContainer } from '@legendops/catalog/media/contract';
import { writer } from '../api.ts';
import { ApiProblem } from '../problem.ts';

export const uploadsPath = '/api/catalog/v1/media-uploads';

interface FileToUpload {
  file: File;
  container: MediaContainer;
  contentType: string;
  /** From 0 to 1, of the bytes that have gone. */
  onProgress: (share: number) => void;
}

const notTaken = (status: number | null): ApiProblem =>
  new ApiProblem({
    code: 'upload.failed',
    title: 'The file did not arrive',
    detail: 'Check your network connection, then try again. Nothing was kept of it.',
    status,
  });

// fetch does not tell how far it is with what it sends.
const put = (
  url: string,
  { file, onProgress }: FileToUpload,
  headers: Readonly<Record<string, string>>,
): Promise<void> =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('PUT', url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded }) => onProgress(file.size === 0 ? 1 : loaded / file.size);
    request.onload = () => (request.status < 300 ? resolve() : reject(notTaken(request.status)));
    request.onerror = () => reject(notTaken(null));
    request.send(file);
  });

/** Brings a file to where files are kept: room is asked for, the bytes go there by a signed address, then they are looked at. */
export const uploadFile = async (given: FileToUpload): Promise<Media> => {
  const { file, container, contentType } = given;
  const post = (path: string, body?: object) => ({
    method: 'POST' as const,
    path,
    ...(body !== undefined && { body }),
    idempotencyKey: crypto.randomUUID(),
  });
  const upload = await writer.request(post(uploadsPath, { container, contentType, bytes: file.size }), Upload);
  await put(upload.url, given, upload.headers);
  return writer.request(post(`${uploadsPath}/${upload.id}/completion`), Media);
};
