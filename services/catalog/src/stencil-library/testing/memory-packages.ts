import { randomUUID } from 'node:crypto';
import { problem } from '@legendops/kit/errors/problem';
import type { StencilPackages } from '../packages.ts';

export interface MemoryPackages extends StencilPackages {
  put(tenantId: string, bytes: Uint8Array): string;
}

/** Uploaded packages, held here alone. */
export const memoryPackages = (): MemoryPackages => {
  const files = new Map<string, Uint8Array>();
  return {
    put: (tenantId, bytes) => {
      const id = randomUUID();
      files.set(`${tenantId}/${id}`, bytes);
      return id;
    },
    read: ({ tenantId }, mediaId) => {
      const bytes = files.get(`${tenantId}/${mediaId}`);
      return bytes === undefined ? Promise.reject(problem('stencil.not-found')) : Promise.resolve(bytes);
    },
    hold: () => Promise.resolve(),
    link: (_, { mediaId, fileName }) =>
      Promise.resolve({ url: `https://blobs.test/${mediaId}?as=${fileName}`, expiresAt: '2026-01-01T00:15:00Z' }),
  };
};
