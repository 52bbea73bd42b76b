import type pg from 'pg';
import type { MediaStorage } from '../media/media-storage.ts';
import { namedBlobs, pathOf, standingBlobs } from '../media/named-blobs.ts';
import { asOwnerOf } from '../tenant/tenant-rows.ts';
import type { Registered } from './manifest.ts';

const ofTenant = async (catalog: pg.Client, { id, name }: Registered, storage: MediaStorage) => {
  await asOwnerOf(catalog, id);
  const named = await namedBlobs(catalog, id);
  const standing = named.length > 0 ? await standingBlobs(storage, id) : new Map<string, number>();
  const wrong = named.flatMap(({ place, kept }) => {
    const path = pathOf(place);
    const bytes = standing.get(path);
    if (bytes === undefined) return [`${path} of ${name} is not there`];
    return kept && kept.bytes !== bytes ? [`${path} of ${name} has ${bytes} bytes, and not ${kept.bytes}`] : [];
  });
  return { named: named.length, wrong };
};

/**
 * Which blobs the rows of catalog_db name that do not stand in the storage, in the transaction that is open: it was restored to a
 * moment, and the storage was not.
 */
export const missingBlobs = async (
  catalog: pg.Client,
  tenants: readonly Registered[],
  storage: MediaStorage,
): Promise<{ named: number; wrong: string[] }> => {
  let named = 0;
  const wrong: string[] = [];
  for (const tenant of tenants) {
    const found = await ofTenant(catalog, tenant, storage);
    named += found.named;
    wrong.push(...found.wrong);
  }
  return { named, wrong };
};
