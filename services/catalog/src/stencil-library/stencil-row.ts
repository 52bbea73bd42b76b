import { sql } from '@legendops/kit/db/sql';
import type { MasterKind, Stencil, StencilMasterSummary, StencilVersion } from './contract.ts';

type Counts = Partial<Record<MasterKind, number>>;

interface VersionFacts {
  file_name: string;
  sha256: string;
  size_bytes: bigint;
  has_macros: boolean;
  counts: Counts | null;
}

export interface StencilVersionRow extends VersionFacts {
  media_id: string;
  number: number;
  created_at: string;
}

export interface StencilRow extends VersionFacts {
  id: string;
  name: string;
  latest: number;
  is_published: boolean;
  samples: string[] | null;
  version: number;
  created_at: string;
  updated_at: string;
}

export interface MasterSummaryRow {
  id: string;
  stencil_id: string;
  stencil_name: string;
  number: number;
  position: number;
  kind: MasterKind;
  name: string;
  width_mm: number;
  height_mm: number;
}

const counts = sql`(select jsonb_object_agg(k.kind, k.count) from (
    select m.kind, count(*) as count from catalog.stencil_masters m where m.stencil_id = v.stencil_id and m.number = v.number
    group by m.kind) k) as counts`;

/** Of `catalog.stencil_versions v`. */
export const versionColumns = sql`v.number, v.media_id, v.file_name, v.sha256, v.size_bytes, v.has_macros, v.created_at, ${counts}`;

/** Of `catalog.stencils s` and its newest version `v`. */
export const stencilColumns = sql`s.id, s.name, s.latest, s.is_published, s.version, s.created_at, s.updated_at,
  v.file_name, v.sha256, v.size_bytes, v.has_macros, ${counts},
  (select array_agg(m.id::text order by m.position) from (
    select m.id, m.position from catalog.stencil_masters m
    where m.stencil_id = v.stencil_id and m.number = v.number and m.kind = 'shape' order by m.position limit 6) m) as samples`;

/** Of `catalog.stencil_masters m` and its stencil `s`. */
export const summaryColumns = sql`m.id, m.stencil_id, s.name as stencil_name, m.number, m.position, m.kind, m.name, m.width_mm,
  m.height_mm`;

const presentCounts = (counted: Counts | null): Record<MasterKind, number> => ({
  shape: 0,
  pattern: 0,
  hidden: 0,
  ...counted,
});

const presentFacts = ({ file_name, size_bytes, has_macros, counts: counted }: VersionFacts) => ({
  fileName: file_name,
  sizeBytes: Number(size_bytes),
  hasMacros: has_macros,
  counts: presentCounts(counted),
});

export const presentVersion = (row: StencilVersionRow): StencilVersion => ({
  number: row.number,
  ...presentFacts(row),
  sha256: row.sha256,
  createdAt: row.created_at,
});

export const presentStencil = (row: StencilRow): Stencil => ({
  id: row.id,
  name: row.name,
  latest: row.latest,
  ...presentFacts(row),
  sampleMasterIds: row.samples ?? [],
  isPublished: row.is_published,
  version: row.version,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});

export const presentSummary = (row: MasterSummaryRow): StencilMasterSummary => ({
  id: row.id,
  stencilId: row.stencil_id,
  stencilName: row.stencil_name,
  number: row.number,
  kind: row.kind,
  name: row.name,
  widthMm: row.width_mm,
  heightMm: row.height_mm,
});
