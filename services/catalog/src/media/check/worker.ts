import { parentPort } from 'node:worker_threads';
import { MediaRefusal, type MediaRefusalCode } from '../refusal.ts';
import type { LookedAt } from './looked-at.ts';
import { lookAtPdf } from './pdf.ts';
import { lookAtPicture, type PixelType } from './picture.ts';
import { lookAtSvg } from './svg.ts';

export type LookedAtType = PixelType | 'image/svg+xml' | 'application/pdf';

export interface LookRequest {
  bytes: Uint8Array;
  contentType: LookedAtType;
}

export type LookReply = { kind: 'kept'; file: LookedAt } | { kind: 'refused'; code: MediaRefusalCode; detail: string };

const lookAt = async ({ bytes, contentType }: LookRequest): Promise<LookedAt> => {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (contentType === 'image/svg+xml') return lookAtSvg(file);
  if (contentType === 'application/pdf') return lookAtPdf(file);
  return lookAtPicture(file, contentType);
};

parentPort?.on('message', (request: LookRequest) => {
  lookAt(request).then(
    (file) => parentPort?.postMessage({ kind: 'kept', file } satisfies LookReply, []),
    (error: unknown) => {
      if (!(error instanceof MediaRefusal)) throw error;
      const { code, detail } = error;
      parentPort?.postMessage({ kind: 'refused', code, detail } satisfies LookReply, []);
    },
  );
});
