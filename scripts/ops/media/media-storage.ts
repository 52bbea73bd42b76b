import { Readable } from 'node:stream';
import { DefaultAzureCredential } from '@azure/identity';
import { BlobServiceClient, RestError, type BlockBlobClient } from '@azure/storage-blob';
import type { BlobPlace } from '@legendops/catalog/media/blob-store';
import type { MediaContainer } from '@legendops/catalog/media/contract';
import { messageOf } from '@legendops/kit/errors/message-of';

/** A blob with what browsers are told of it; its bytes come some at a time. */
export interface StoredBlob {
  contentType: string;
  cacheControl: string;
  pieces: AsyncIterable<Uint8Array>;
}

/** The blob storage of media as whoever takes a tenant elsewhere needs it: no blob is ever whole in memory. */
export interface MediaStorage {
  /** Undefined where there is no blob. */
  read(place: BlobPlace): Promise<StoredBlob | undefined>;
  /** Nothing of it stands before its last piece came; what stood there is written over. */
  write(place: BlobPlace, blob: StoredBlob): Promise<void>;
  /** The names that begin so, with the bytes of each. */
  list(container: MediaContainer, beginning: string): AsyncIterable<{ name: string; bytes: number }>;
}

const pieceBytes = 4 * 1024 * 1024;
const piecesAtOnce = 2;

/** What the storage said, in one line; it repeats the request, with its id, over several. */
const failure = (what: string, error: unknown): Error => {
  const { statusCode, code } = error instanceof RestError ? error : {};
  const [said] = messageOf(error).split('\n');
  const parts = [statusCode, code, said].filter((part) => part !== undefined && part !== '');
  return new Error(`The blob storage did not let us ${what}: ${parts.join(' ')}`);
};

async function* told<T>(what: string, from: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* from;
  } catch (error) {
    throw failure(what, error);
  }
}

const orAbsent = async (blob: BlockBlobClient) => {
  try {
    return await blob.download();
  } catch (error) {
    if (error instanceof RestError && error.statusCode === 404 && error.code === 'BlobNotFound') return undefined;
    throw error;
  }
};

const azureMediaStorage = (client: BlobServiceClient): MediaStorage => {
  const blobOf = ({ container, name }: BlobPlace) => client.getContainerClient(container).getBlockBlobClient(name);
  return {
    read: async (place) => {
      const what = `read ${place.container}/${place.name}`;
      const found = await orAbsent(blobOf(place)).catch((error: unknown) => {
        throw failure(what, error);
      });
      if (found?.readableStreamBody === undefined) return undefined;
      const { contentType = '', cacheControl = '', readableStreamBody } = found;
      return { contentType, cacheControl, pieces: told(what, Readable.from(readableStreamBody)) };
    },
    write: async (place, { contentType, cacheControl, pieces }) => {
      const stream = Readable.from(pieces, { objectMode: false });
      const headers = { blobContentType: contentType, blobCacheControl: cacheControl };
      try {
        await blobOf(place).uploadStream(stream, pieceBytes, piecesAtOnce, { blobHTTPHeaders: headers });
      } catch (error) {
        throw failure(`write ${place.container}/${place.name}`, error);
      } finally {
        stream.destroy();
      }
    },
    list: async function* (container, beginning) {
      const found = client.getContainerClient(container).listBlobsFlat({ prefix: beginning });
      for await (const { name, properties } of told(`list ${container}`, found))
        yield { name, bytes: properties.contentLength ?? 0 };
    },
  };
};

/**
 * The storage that the environment names, as this machine is signed in to Azure; the emulator of a machine is known by its
 * connection string. Undefined where none is named.
 */
export const namedMediaStorage = ({
  BLOB_URL: url,
  BLOB_CONNECTION_STRING: connection,
}: Record<string, string | undefined>): MediaStorage | undefined => {
  if (connection) return azureMediaStorage(BlobServiceClient.fromConnectionString(connection));
  if (!url) return undefined;
  return azureMediaStorage(new BlobServiceClient(url, new DefaultAzureCredential(), { retryOptions: { maxTries: 3 } }));
};
