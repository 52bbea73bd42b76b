/** Why a file is refused, and nothing of it kept. The detail says what was met and what would be right. */
export type RefusalCode =
  | 'file-too-large'
  | 'not-a-package'
  | 'binary-visio'
  | 'file-encrypted'
  | 'zip-malformed'
  | 'zip-entry-encrypted'
  | 'zip-method-unknown'
  | 'zip-name-unsafe'
  | 'zip-name-duplicate'
  | 'zip-entries-overlap'
  | 'zip-size-untrue'
  | 'zip-too-many-entries'
  | 'zip-entry-too-large'
  | 'zip-too-large'
  | 'zip-ratio-too-high'
  | 'content-type-wrong'
  | 'part-missing'
  | 'relationship-external'
  | 'relationship-wrong'
  | 'relationship-cycle'
  | 'xml-doctype'
  | 'xml-malformed'
  | 'xml-too-deep'
  | 'shapes-too-deep'
  | 'too-many-shapes'
  | 'style-cycle'
  | 'master-cycle'
  | 'size-invalid'
  | 'too-many-masters'
  | 'masters-too-large'
  | 'no-masters'
  | 'previews-too-large'
  | 'time-out'
  | 'out-of-memory'
  | 'reader-crashed';

export class StencilRefusal extends Error {
  readonly code: RefusalCode;
  readonly detail: string;

  constructor(code: RefusalCode, detail: string) {
    super(`${code}: ${detail}`);
    this.code = code;
    this.detail = detail;
  }
}

/** What a file's own text may contribute to a detail: short, on one line, without control characters. */
export const quoted = (text: string): string => `"${text.replaceAll(/[^\x20-\x7e\u00a0-\ud7ff]/g, '?').slice(0, 80)}"`;
