import { randomBytes } from 'node:crypto';
import { annotations, type Tenant } from './tenant.ts';

export const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** A uuid of version 7 (RFC 9562): ordered by time, so that new rows stand together in every index. */
export const newTenantId = (now: number = Date.now()): string => {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(now, 0, 6);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x70, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
};

/**
 * The id that this very resource was given before anything was made for it. It names the resource's uid: the annotation
 * comes along when people copy a Tenant, and the copy is another tenant.
 */
export const claimOf = ({ metadata }: Tenant): string | undefined => {
  const [uid, id] = metadata.annotations?.[annotations.claim]?.split('/') ?? [];
  return uid === metadata.uid && id !== undefined && uuid.test(id) ? id : undefined;
};

export const claimFor = ({ metadata }: Tenant, id: string): string => `${metadata.uid}/${id}`;
