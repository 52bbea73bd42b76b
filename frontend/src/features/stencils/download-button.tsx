import { Download } from 'lucide-react';
import { ActProblem } from '../../components/act-problem.tsx';
import { Button } from '../../components/button.tsx';
import { useDownload } from './stencil-acts.ts';

interface DownloadButtonProps {
  stencilId: string;
  number: number;
  /** Among others of its kind, each of another version. */
  isBeside?: boolean;
}

export const DownloadButton = ({ stencilId, number, isBeside = false }: DownloadButtonProps) => {
  const downloading = useDownload({ stencilId, number });
  return (
    <>
      <ActProblem error={downloading.error} />
      <Button
        look={isBeside ? 'quiet' : 'secondary'}
        aria-label={isBeside ? `Download version ${number}` : undefined}
        pending={downloading.pending}
        onClick={() => downloading.run(undefined)}
      >
        {!downloading.pending && <Download aria-hidden />}
        {!isBeside && 'Download'}
      </Button>
    </>
  );
};
