import { useState, type ReactNode } from 'react';
import { ActProblem } from '../../components/act-problem.tsx';
import { Button } from '../../components/button.tsx';
import { CancelButton, Dialog, DialogActions } from '../../components/dialog.tsx';
import { TextField } from '../../components/fields.tsx';
import type { FileToSend } from '../../lib/act/act-on-file.ts';
import type { AnyAct } from '../../lib/act/use-act.ts';
import { visioEndings, visioTypeOf, wayOut } from './visio-file.ts';

type ChosenFile = Pick<FileToSend, 'file' | 'contentType'>;

interface UploadDialogProps {
  title: string;
  confirm: string;
  act: AnyAct & { reset: () => void };
  /** What is asked for beside the file, once one is chosen. */
  renderMore?: (chosen: ChosenFile) => ReactNode;
  onUpload: (sent: FileToSend, form: FormData) => void;
  onClose: () => void;
}

export const UploadDialog = ({ title, confirm, act, renderMore, onUpload, onClose }: UploadDialogProps) => {
  const [chosen, setChosen] = useState<ChosenFile>();
  const [refused, setRefused] = useState<string>();
  const [sent, setSent] = useState(0);
  const choose = (file: File | undefined): void => {
    act.reset();
    const contentType = file === undefined ? undefined : visioTypeOf(file.name);
    setChosen(file !== undefined && contentType !== undefined ? { file, contentType } : undefined);
    setRefused(file !== undefined && contentType === undefined ? wayOut(file.name) : undefined);
  };
  return (
    <Dialog title={title} act={act} onClose={onClose}>
      <form
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (chosen === undefined || act.pending) return;
          setSent(0);
          onUpload({ ...chosen, container: 'visio-stencils', onProgress: setSent }, new FormData(event.currentTarget));
        }}
      >
        <TextField
          label="File of Visio"
          name="file"
          type="file"
          accept={`${visioEndings},.vss,.vst,.vsd`}
          required
          error={refused}
          hint="At most 50 MB. Macros in it are not read."
          onChange={({ currentTarget: { files } }) => choose(files?.[0])}
        />
        {chosen !== undefined && renderMore?.(chosen)}
        {act.pending && <Progress sent={sent} />}
        <ActProblem error={act.error} />
        <DialogActions>
          <CancelButton />
          <Button type="submit" look="primary" pending={act.pending} disabled={chosen === undefined}>
            {confirm}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
};

const Progress = ({ sent }: { sent: number }) => (
  <label className="flex flex-col gap-1 text-muted">
    {sent < 1 ? 'Sending the file' : 'Reading its shapes'}
    <progress className="w-full accent-accent" max={1} value={sent < 1 ? sent : undefined} />
  </label>
);
