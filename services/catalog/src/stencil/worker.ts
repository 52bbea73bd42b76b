import { parentPort } from 'node:worker_threads';
import type { StencilLimits } from './limits.ts';
import { readStencil, type DrawnMaster, type StencilSummary } from './read-stencil.ts';
import { type RefusalCode, StencilRefusal } from './refusal.ts';

/** One file after the other; its masters come back one by one, so that no message is long to take in. */
export interface StencilRequest {
  bytes: Uint8Array<ArrayBuffer>;
  limits: StencilLimits;
}

export type StencilReply =
  | { kind: 'master'; drawn: DrawnMaster }
  | { kind: 'done'; summary: StencilSummary }
  | { kind: 'refused'; code: RefusalCode; detail: string };

const reply = (message: StencilReply, transfer: ArrayBuffer[] = []): void => parentPort?.postMessage(message, transfer);

const answer = async ({ bytes, limits }: StencilRequest): Promise<void> => {
  try {
    const archive = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const summary = await readStencil(archive, limits, (drawn) =>
      reply({ kind: 'master', drawn }, [drawn.preview.buffer, ...(drawn.icon ? [drawn.icon.buffer] : [])]),
    );
    reply({ kind: 'done', summary });
  } catch (error) {
    // What is no refusal is a fault of ours: it ends this worker, and the reader says so.
    if (!(error instanceof StencilRefusal)) throw error;
    reply({ kind: 'refused', code: error.code, detail: error.detail });
  }
};

parentPort?.on('message', (request: StencilRequest) => void answer(request));
