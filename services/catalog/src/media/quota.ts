import { problem } from '@legendops/kit/errors/problem';
import type { UsageRow } from './store.ts';

const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'];

/** Bytes as a person reads them: three digits at most are lost. */
export const readableBytes = (bytes: number): string => {
  const power = bytes < 1024 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
  const value = bytes / 1024 ** power;
  return `${value.toFixed(power === 0 ? 0 : 1)} ${units[power] ?? ''}`;
};

/** Throws where a file would be more than a tenant may keep, what is on its way counted. */
export const refuseOverQuota = (
  bytes: number,
  { kept, arriving, limitBytes }: UsageRow & { limitBytes: number },
): void => {
  const free = Math.max(0, limitBytes - Number(kept) - Number(arriving));
  if (bytes <= free) return;
  throw problem('media.quota-full', {
    detail:
      `The file has ${readableBytes(bytes)}, and ${readableBytes(free)} of ${readableBytes(limitBytes)} are free: ` +
      `${readableBytes(bytes - free)} (${bytes - free} bytes) too much. Press “Remove picture” or “Remove document” where nobody needs one, or ask for more.`,
  });
};
