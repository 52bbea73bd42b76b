import type { NewUpload } from '@legendops/catalog/media/contract';
import type { PortalVisitor } from './portal-visitor.ts';

interface FileToPut extends Omit<NewUpload, 'bytes'> {
  bytes: Uint8Array<ArrayBuffer>;
}

/** Puts a file where files are kept, as a browser does: its id there. */
export const putMedia = async (admin: PortalVisitor, { bytes, ...wanted }: FileToPut): Promise<string> => {
  const upload = await admin.post<{ id: string; url: string; headers: Record<string, string> }>(
    'catalog/v1/media-uploads',
    { ...wanted, bytes: bytes.length },
  );
  const answer = await fetch(upload.url, { method: 'PUT', headers: upload.headers, body: bytes });
  if (!answer.ok) throw new Error(`The storage answered ${answer.status} to a file of ${wanted.container}`);
  return (await admin.post<{ id: string }>(`catalog/v1/media-uploads/${upload.id}/completion`)).id;
};
