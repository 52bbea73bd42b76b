import { problem, type Problem } from '@legendops/kit/errors/problem';

/** Why a file is refused, and nothing of it kept. The detail says what was met and what would be right. */
export const mediaRefusalCodes = [
  'size-untrue',
  'type-untrue',
  'bytes-after-end',
  'image-broken',
  'image-too-large',
  'image-animated',
  'svg-malformed',
  'svg-entities',
  'svg-too-deep',
  'svg-too-large',
  'svg-empty',
  'pdf-broken',
  'pdf-active',
  'pdf-encrypted',
  'time-out',
  'reader-crashed',
] as const;
export type MediaRefusalCode = (typeof mediaRefusalCodes)[number];

/** What is met while a file is looked at; a stencil has codes of its own (stencil/refusal.ts). */
export class MediaRefusal extends Error {
  readonly code: MediaRefusalCode;
  readonly detail: string;

  constructor(code: MediaRefusalCode, detail: string) {
    super(`${code}: ${detail}`);
    this.code = code;
    this.detail = detail;
  }
}

export const refused = ({ code, detail }: { code: string; detail: string }): Problem =>
  problem('media.refused', { places: [{ pointer: '', code, detail }] });
