import type { StencilMasterSummary } from '@legendops/catalog/stencil-library/contract';
import type { ReactNode } from 'react';
import { numberFormat } from '../lib/intl-formats.ts';
import { locale } from '../lib/locale.ts';
import { MasterPreview } from './master-preview.tsx';
import { TextLink } from './text-link.tsx';

const millimetres = numberFormat(locale, { maximumFractionDigits: 1 });

/** Its size on paper. */
export const sizeWords = ({ widthMm, heightMm }: Pick<StencilMasterSummary, 'widthMm' | 'heightMm'>): string =>
  `${millimetres.format(widthMm)} × ${millimetres.format(heightMm)} mm`;

interface MasterTileProps {
  master: StencilMasterSummary;
  /** What is said of it beside its size. */
  about?: ReactNode;
  action?: ReactNode;
}

export const MasterTile = ({ master, about, action }: MasterTileProps) => (
  <li className="flex min-w-0 flex-col gap-1.5 rounded-lg border border-line bg-surface p-2.5">
    <MasterPreview masterId={master.id} text="" />
    <span className="min-w-0 wrap-anywhere">
      <TextLink
        to="/stencils/$stencilId/masters/$masterId"
        params={{ stencilId: master.stencilId, masterId: master.id }}
      >
        {master.name || 'Nameless'}
      </TextLink>
      <span className="block text-caption text-muted">{sizeWords(master)}</span>
      {about !== undefined && <span className="block text-caption text-muted">{about}</span>}
    </span>
    {action}
  </li>
);

/** Masters side by side. */
export const MasterGrid = ({ label, children }: { label: string; children: ReactNode }) => (
  <ul aria-label={label} className="grid grid-cols-[repeat(auto-fill,minmax(9.5rem,1fr))] gap-3">
    {children}
  </ul>
);
