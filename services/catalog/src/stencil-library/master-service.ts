import type { Page } from '@legendops/kit/contract/page';
import type { Scope } from '@legendops/kit/db/tenant-database';
import { problem } from '@legendops/kit/errors/problem';
import { listPage } from '@legendops/kit/http/list-page';
import { compareStencils } from '../stencil/compare-stencils.ts';
import type {
  ComparedField,
  MasterFilter,
  StencilComparison,
  StencilMasterDetails,
  StencilMasterSummary,
} from './contract.ts';
import { presentSummary } from './stencil-row.ts';
import type { MasterRow, StencilStore } from './store.ts';

export interface StencilMasterService {
  /** Of one stencil in the order of its file, of one stencil after the other. */
  page(
    scope: Scope,
    query: MasterFilter & { limit: number; cursor?: string | undefined },
  ): Promise<Page<StencilMasterSummary>>;
  get(scope: Scope, id: string): Promise<StencilMasterDetails>;
  preview(scope: Scope, id: string): Promise<{ bytes: Uint8Array; tag: string }>;
  icon(scope: Scope, id: string): Promise<{ bytes: Uint8Array; tag: string }>;
  compare(scope: Scope, versions: { id: string; before: number; after: number }): Promise<StencilComparison>;
}

const found = <T>(row: T | undefined): T => {
  if (row === undefined) throw problem('stencil-master.not-found');
  return row;
};

/** What is compared of a master; which row it is of is not. */
type Compared = Record<ComparedField, unknown> & { uniqueId: string; baseId: string };

const comparedOf = (row: MasterRow): Compared => ({
  name: row.name,
  nameU: row.name_u,
  uniqueId: row.unique_id,
  baseId: row.base_id,
  isHidden: row.is_hidden,
  isPattern: row.is_pattern,
  prompt: row.prompt,
  keywords: row.keywords,
  widthMm: row.width_mm,
  heightMm: row.height_mm,
  connectionPoints: row.connection_points,
  properties: row.properties,
  drawing: row.preview_sha256,
});

export const stencilMasterService = (store: StencilStore): StencilMasterService => ({
  page: (scope, { limit, cursor, ...filter }) =>
    listPage(
      { limit, cursor },
      {
        list: `stencil-masters ${JSON.stringify([filter.kind, filter.stencilId, filter.number, filter.search])}`,
        by: ['id', 'integer'],
        read: (place) => store.masters(scope, filter, place),
        keys: (row) => [row.stencil_id, row.position.toString()],
        present: presentSummary,
      },
    ),
  get: async (scope, id) => {
    const { master, products } = await store.master(scope, id);
    const row = found(master);
    return {
      ...presentSummary(row),
      nameU: row.name_u,
      uniqueId: row.unique_id,
      baseId: row.base_id,
      prompt: row.prompt,
      keywords: row.keywords,
      connectionPoints: row.connection_points,
      properties: row.properties,
      hasIcon: row.has_icon,
      products,
    };
  },
  preview: async (scope, id) => {
    const { bytes, sha256 } = found(await store.preview(scope, id));
    return { bytes, tag: sha256 };
  },
  icon: async (scope, id) => ({ ...found(await store.icon(scope, id)), tag: id }),
  compare: async (scope, { id, before, after }) => {
    const [olds, news] = await store.mastersOf(scope, id, [before, after]);
    // A version holds a master at least: the reader refuses a file without any.
    if (olds.length === 0 || news.length === 0) throw problem('stencil.not-found');
    const rows = new Map<Compared, MasterRow>();
    const remembered = (row: MasterRow): Compared => {
      const compared = comparedOf(row);
      rows.set(compared, row);
      return compared;
    };
    const { added, removed, changed, same } = compareStencils(olds.map(remembered), news.map(remembered));
    const summary = (compared: Compared): StencilMasterSummary => presentSummary(found(rows.get(compared)));
    return {
      before,
      after,
      added: added.map(summary),
      removed: removed.map(summary),
      changed: changed.map((one) => ({ before: summary(one.before), after: summary(one.after), fields: one.fields })),
      same,
    };
  },
});
