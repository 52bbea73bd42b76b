import { useQuery } from '@tanstack/react-query';
import { ImageOff } from 'lucide-react';
import { masterPreview } from '../lib/queries/stencils.ts';

const heights = { small: 'h-16 p-1.5', medium: 'h-28 p-2.5', large: 'h-72 p-6' };

interface MasterPreviewProps {
  masterId: string;
  /** What is said in its place; '' where its name stands beside it. */
  text: string;
  size?: keyof typeof heights;
}

/** A master as its stencil draws it. */
export const MasterPreview = ({ masterId, text, size = 'medium' }: MasterPreviewProps) => {
  const { data, isError } = useQuery(masterPreview(masterId));
  return (
    <span
      aria-busy={data === undefined && !isError}
      className={`flex items-center justify-center overflow-hidden rounded-md border border-line bg-paper ${heights[size]}`}
    >
      {data !== undefined && <img src={data} alt={text} className="size-full object-contain" />}
      {isError && (
        <>
          <ImageOff aria-hidden className="size-5 text-muted" />
          <span className="sr-only">The drawing could not be read</span>
        </>
      )}
    </span>
  );
};
