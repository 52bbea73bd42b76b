import { sql } from '@legendops/kit/db/sql';
import type { MediaContainer } from './contract.ts';

/** What is kept of a file, as its columns are called. */
export interface MediaRow {
  id: string;
  container: MediaContainer;
  sha256: string;
  content_type: string;
  /** PostgreSQL's bigint comes as a text. */
  bytes: string;
  width_px: number | null;
  height_px: number | null;
  has_thumbnail: boolean;
  created_at: string;
}

/** Of `catalog.media m`. */
export const mediaColumns = sql`m.id, m.container, m.sha256, m.content_type, m.bytes, m.width_px, m.height_px, m.has_thumbnail, m.created_at`;
