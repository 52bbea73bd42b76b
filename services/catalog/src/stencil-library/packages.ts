import type { Scope } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';
import type { MediaLink } from '../media/contract.ts';
import { heldMedia, holdRoom, refuseWithoutRoom } from '../media/known-media.ts';
import type { MediaLimits } from '../media/quota.ts';
import type { MediaService } from '../media/service.ts';

/** Files of Visio as they were uploaded: what is asked here of wherever their bytes are. */
export interface StencilPackages {
  /** Throws media.not-found where this tenant has no such file among its stencils. */
  read(scope: Scope, mediaId: string): Promise<Uint8Array>;
  /** Throws media.quota-full where the pictures of its masters would be more than the tenant may keep. */
  refuseWithoutRoom(
    transaction: Transaction,
    scope: Scope,
    room: { bytes: number; limits: MediaLimits },
  ): Promise<void>;
  /** To the end of the transaction, in which a version comes to name it; throws media.not-found where it is gone. */
  hold(transaction: Transaction, scope: Scope, mediaId: string): Promise<void>;
  /** An address at which it can be fetched under this name for some minutes, for whoever may see the version. */
  link(scope: Scope, file: { mediaId: string; fileName: string }): Promise<MediaLink>;
}

const container = 'visio-stencils';

export const stencilPackages = (media: Pick<MediaService, 'read' | 'link'>): StencilPackages => ({
  read: async (scope, mediaId) => (await media.read(scope, { id: mediaId, container })).bytes,
  refuseWithoutRoom: (transaction, scope, room) =>
    refuseWithoutRoom(transaction, scope, { ...room, what: 'The pictures of its masters have' }),
  hold: async (transaction, scope, mediaId) => {
    await holdRoom(transaction, scope);
    await heldMedia(transaction, { id: mediaId, container });
  },
  link: (scope, { mediaId, fileName }) => media.link(scope, mediaId, { fileName }),
});
