import { Download } from 'lucide-react';
import type { ReactNode } from 'react';
import type { useSaveFile } from '../lib/act/save-file.ts';
import { Button } from './button.tsx';

interface ExportButtonProps {
  saving: ReturnType<typeof useSaveFile>;
  children: ReactNode;
}

/** Saves a table as a file; what went wrong is `saving.error`, which its page shows. */
export const ExportButton = ({ saving, children }: ExportButtonProps) => (
  <Button pending={saving.pending} onClick={() => saving.run(undefined)}>
    <Download aria-hidden />
    {children}
  </Button>
);
