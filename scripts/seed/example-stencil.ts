import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { putMedia } from './put-media.ts';
import { PortalRefusal, type PortalVisitor } from './portal-visitor.ts';

const file = join(import.meta.dirname, '../../media/visio-stencils/rack.vssx');

/** Which master draws which product. */
const drawings = [
  { master: 'Patch panel 24', sku: 'FX-PP24' },
  { master: 'Access switch 16', sku: 'CT-SW16' },
] as const;

interface KeptStencil {
  id: string;
  isPublished: boolean;
  version: number;
}

interface Masters {
  data: { id: string; name: string }[];
}

// An interrupted start has chosen it already.
const unlessThere = (error: unknown): void => {
  if (!(error instanceof PortalRefusal) || error.code !== 'stencil-master.linked') throw error;
};

/** The stencil of media/, published, with products that its masters draw. What an interrupted start has put there is the same. */
export const provideStencil = async (admin: PortalVisitor, idOf: (sku: string) => string): Promise<void> => {
  const bytes = readFileSync(file);
  const contentType = 'application/vnd.ms-visio.stencil.main+xml';
  const mediaId = await putMedia(admin, { container: 'visio-stencils', contentType, bytes });
  const sent = { name: 'In a rack', fileName: 'rack.vssx', mediaId };
  const { id, isPublished, version } = await admin.post<KeptStencil>('catalog/v1/stencils', sent);
  if (!isPublished) await admin.patch(`catalog/v1/stencils/${id}`, { isPublished: true }, version);
  const { data } = await admin.get<Masters>(`catalog/v1/stencil-masters?stencilId=${id}`);
  for (const { master, sku } of drawings) {
    const masterId = data.find(({ name }) => name === master)?.id;
    if (masterId === undefined) throw new Error(`The example stencil has no ${master}`);
    await admin.post(`catalog/v1/products/${idOf(sku)}/stencil-masters`, { masterId }).catch(unlessThere);
  }
};
