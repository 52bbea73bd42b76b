import {
  BlobSASPermissions,
  generateBlobSASQueryParameters,
  RestError,
  SASProtocol,
  type BlobServiceClient,
  type UserDelegationKey,
} from '@azure/storage-blob';
import type { BlobPlace, BlobStore, ReadAs, SignedLink } from './blob-store.ts';

const minuteMs = 60_000;
// The account's policy refuses a longer link (infra/data/media-storage.bicep).
const linkMs = 15 * minuteMs;
// Links begin at full five minutes, so that a browser finds again what it has fetched by the same link before.
const stepMs = 5 * minuteMs;
// Of clocks that differ.
const skewMs = minuteMs;
const keyMs = 24 * 60 * minuteMs;

const isAbsent = (error: unknown): boolean => error instanceof RestError && error.statusCode === 404;

const orAbsent = async <T>(work: Promise<T>): Promise<T | undefined> => {
  try {
    return await work;
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
};

/** One key signs the links of a day: each would be a request of its own otherwise. A failed request is not kept. */
const delegationKeys = (client: BlobServiceClient, now: () => number) => {
  let held: { until: number; key: Promise<UserDelegationKey> } | undefined;
  return async (expiresAt: number): Promise<UserDelegationKey> => {
    if (held === undefined || held.until < expiresAt) {
      const from = now() - skewMs - stepMs;
      const until = from + keyMs;
      const key = client.getUserDelegationKey(new Date(from), new Date(until));
      key.catch(() => (held = undefined));
      held = { until, key };
    }
    return held.key;
  };
};

/**
 * Azure's blob storage, or Azurite behind HTTPS, signed in to as a workload: there are no account keys. `publicUrl` is where
 * browsers find the containers.
 */
export const azureBlobStore = (
  client: BlobServiceClient,
  { publicUrl, now = Date.now }: { publicUrl: string; now?: () => number },
): BlobStore => {
  const keyFor = delegationKeys(client, now);
  const blobOf = ({ container, name }: BlobPlace) => client.getContainerClient(container).getBlockBlobClient(name);

  const link = async (place: BlobPlace, permissions: string, as?: ReadAs): Promise<SignedLink> => {
    const startsAt = Math.floor(now() / stepMs) * stepMs - skewMs;
    const expiresOn = new Date(startsAt + linkMs);
    const signature = generateBlobSASQueryParameters(
      {
        containerName: place.container,
        blobName: place.name,
        permissions: BlobSASPermissions.parse(permissions),
        protocol: SASProtocol.Https,
        startsOn: new Date(startsAt),
        expiresOn,
        ...as,
      },
      await keyFor(expiresOn.getTime()),
      client.accountName,
    );
    return { url: `${publicUrl}/${place.container}/${place.name}?${signature.toString()}`, expiresAt: expiresOn };
  };

  return {
    linkToCreate: (place) => link(place, 'c'),
    linkToRead: (place, as) => link(place, 'r', as),
    sizeOf: async (place) => (await orAbsent(blobOf(place).getProperties()))?.contentLength,
    read: async (place, mostBytes) => {
      const size = (await orAbsent(blobOf(place).getProperties()))?.contentLength;
      if (size === undefined) return undefined;
      if (size > mostBytes) throw new Error(`The blob has ${size} bytes, and at most ${mostBytes} are read`);
      return size === 0 ? Buffer.alloc(0) : orAbsent(blobOf(place).downloadToBuffer(0, size));
    },
    write: async (place, bytes, contentType) => {
      await blobOf(place).uploadData(bytes, {
        blobHTTPHeaders: { blobContentType: contentType, blobCacheControl: 'private, max-age=86400, immutable' },
      });
    },
    remove: async (place) => {
      await blobOf(place).deleteIfExists();
    },
    tenantsIn: async function* (container) {
      for await (const item of client.getContainerClient(container).listBlobsByHierarchy('/'))
        if (item.kind === 'prefix') yield item.name.slice(0, -1);
    },
    namesOf: async function* (container, beginning, writtenBefore) {
      for await (const { name, properties } of client
        .getContainerClient(container)
        .listBlobsFlat({ prefix: beginning }))
        if (properties.lastModified < writtenBefore) yield name;
    },
  };
};
