import type { MediaContainer } from './contract.ts';

/** One blob. Names are ours alone: a tenant's id and a hash or an id, never what a person called a file. */
export interface BlobPlace {
  container: MediaContainer;
  name: string;
}

export interface SignedLink {
  url: string;
  expiresAt: Date;
}

/** What a browser is told of the bytes that it reads by a link. */
export interface ReadAs {
  contentDisposition: string;
}

/** Where bytes are. Links are for one blob, for fifteen minutes at most, and cannot be made to serve another one. */
export interface BlobStore {
  /** To create this blob, once: what is there is not overwritten. */
  linkToCreate(place: BlobPlace): Promise<SignedLink>;
  linkToRead(place: BlobPlace, as: ReadAs): Promise<SignedLink>;
  /** How many bytes there are; undefined where there is no blob. */
  sizeOf(place: BlobPlace): Promise<number | undefined>;
  /** Undefined where there is no blob; throws where it has more bytes than that. */
  read(place: BlobPlace, mostBytes: number): Promise<Buffer | undefined>;
  write(place: BlobPlace, bytes: Uint8Array, contentType: string): Promise<void>;
  /** What is not there any more is removed. */
  remove(place: BlobPlace): Promise<void>;
  /** The tenants that have anything there, by their ids. */
  tenantsIn(container: MediaContainer): AsyncIterable<string>;
  /** The names that begin so, of blobs that were written before. */
  namesOf(container: MediaContainer, beginning: string, writtenBefore: Date): AsyncIterable<string>;
}

/** Of what is kept: the same content is one blob. */
export const keptName = (tenantId: string, sha256: string): string => `${tenantId}/${sha256}`;

export const thumbnailName = (tenantId: string, sha256: string): string => `${keptName(tenantId, sha256)}-thumbnail`;

/** Of what is on its way and was not looked at yet. */
export const pendingName = (tenantId: string, uploadId: string): string => `${tenantId}/pending-${uploadId}`;
