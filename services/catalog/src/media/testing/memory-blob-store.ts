import type { BlobPlace, BlobStore, SignedLink } from '../blob-store.ts';

export interface MemoryBlobStore extends BlobStore {
  /** As a browser puts bytes by a link: this one blob, once. Answers the status. */
  put(url: string, bytes: Uint8Array): number;
  /** As a browser reads by a link. */
  fetch(url: string): { status: number; bytes?: Uint8Array; contentType?: string };
  /** `container/name` of all blobs, sorted. */
  names(): string[];
  /** The next calls of this kind fail, as when the storage is away. */
  failNext(operation: 'write' | 'remove' | 'read'): void;
}

interface Blob {
  bytes: Buffer;
  contentType: string;
  writtenAt: number;
}

/** Blobs in memory, with links that open what they were made for and nothing else. */
export const memoryBlobStore = (now: () => number = Date.now): MemoryBlobStore => {
  const blobs = new Map<string, Blob>();
  const failing = new Set<string>();
  const links = new Map<string, { permission: 'c' | 'r'; path: string; expiresAt: number }>();
  const pathOf = ({ container, name }: BlobPlace): string => `${container}/${name}`;
  const link = (place: BlobPlace, permission: 'c' | 'r'): SignedLink => {
    const expiresAt = now() + 10 * 60_000;
    const signature = `${permission}${links.size}`;
    links.set(signature, { permission, path: pathOf(place), expiresAt });
    return { url: `https://media.example/${pathOf(place)}?sig=${signature}`, expiresAt: new Date(expiresAt) };
  };
  const opened = (url: string, permission: 'c' | 'r'): string | undefined => {
    const { pathname, searchParams } = new URL(url);
    const found = links.get(searchParams.get('sig') ?? '');
    const path = decodeURIComponent(pathname.slice(1));
    return found?.permission === permission && found.path === path && found.expiresAt > now() ? path : undefined;
  };
  const orFail = (operation: string): void => {
    if (failing.delete(operation)) throw new Error(`The blob storage is away (${operation})`);
  };
  return {
    linkToCreate: async (place) => link(place, 'c'),
    linkToRead: async (place) => link(place, 'r'),
    sizeOf: async (place) => blobs.get(pathOf(place))?.bytes.length,
    read: async (place, mostBytes) => {
      orFail('read');
      const found = blobs.get(pathOf(place));
      if (found !== undefined && found.bytes.length > mostBytes) throw new Error('The blob is larger than it may be');
      return found?.bytes;
    },
    write: async (place, bytes, contentType) => {
      orFail('write');
      blobs.set(pathOf(place), { bytes: Buffer.from(bytes), contentType, writtenAt: now() });
    },
    remove: async (place) => {
      orFail('remove');
      blobs.delete(pathOf(place));
    },
    tenantsIn: async function* (container) {
      yield* new Set(
        [...blobs.keys()].map((path) => path.split('/')).flatMap(([of, id]) => (of === container && id ? [id] : [])),
      );
    },
    namesOf: async function* (container, beginning, writtenBefore) {
      for (const [path, blob] of blobs)
        if (path.startsWith(`${container}/${beginning}`) && blob.writtenAt < writtenBefore.getTime())
          yield path.slice(container.length + 1);
    },
    put: (url, bytes) => {
      const path = opened(url, 'c');
      if (path === undefined) return 403;
      if (blobs.has(path)) return 403;
      blobs.set(path, { bytes: Buffer.from(bytes), contentType: '', writtenAt: now() });
      return 201;
    },
    fetch: (url) => {
      const path = opened(url, 'r');
      if (path === undefined) return { status: 403 };
      const found = blobs.get(path);
      if (found === undefined) return { status: 404 };
      return { status: 200, bytes: found.bytes, contentType: found.contentType };
    },
    names: () => [...blobs.keys()].toSorted(),
    failNext: (operation) => void failing.add(operation),
  };
};
