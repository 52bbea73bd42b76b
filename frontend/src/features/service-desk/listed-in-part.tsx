import type { Tickets } from '@legendops/portal/service-desk/contract';
import { Notice } from '../../components/notice.tsx';

/** Says so where SuperOps has more than is listed. */
export const ListedInPart = ({ more, unreadable }: Pick<Tickets, 'more' | 'unreadable'>) => (
  <>
    {more && <Notice tone="info" title="These are the first hundred; SuperOps has more" />}
    {unreadable > 0 && (
      <Notice tone="warn" title={`${unreadable} could not be read`}>
        SuperOps said less of them than it has to. Look at them in SuperOps, and tell LegendOps support.
      </Notice>
    )}
  </>
);
