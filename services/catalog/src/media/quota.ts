import { problem } from '@legendops/kit/errors/problem';
import type { UsageRow } from './store.ts';

const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'];

/** Bytes as a person reads them: three digits at most are lost. */
export const readableBytes = (bytes: number): string => {
  const power = bytes < 1024 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
  const value = bytes / 1024 ** power;
  return `${value.toFixed(power === 0 ? 0 : 1)} ${units[power] ?? ''}`;
};

/** Of which a tenant keeps so much at most, as the registry has it. */
export interface MediaLimits {
  storageGiB: number;
}

const gibibyte = 1024 ** 3;

export const limitBytesOf = ({ storageGiB }: MediaLimits): number => storageGiB * gibibyte;

/** Throws where a file, or what is said in its place, would be more than a tenant may keep, what is on its way counted. */
export const refuseOverQuota = (
  bytes: number,
  { kept, arriving, limitBytes, what = 'The file has' }: UsageRow & { limitBytes: number; what?: string },
): void => {
  const free = Math.max(0, limitBytes - Number(kept) - Number(arriving));
  if (bytes <= free) return;
  throw problem('media.quota-full', {
    detail:
      `${what} ${readableBytes(bytes)}, and ${readableBytes(free)} of ${readableBytes(limitBytes)} are free: ` +
      `${readableBytes(bytes - free)} (${bytes - free} bytes) too much. Press “Remove picture”, “Remove document” or “Remove stencil” where nobody needs one, or ask for more.`,
  });
};
