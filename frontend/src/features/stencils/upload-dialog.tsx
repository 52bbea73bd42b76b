import { useState, type ReactNode } from 'react';
import { ActProblem } from '../../components/act-problem.tsx';
import { Button } from '../../components/button.tsx';
import { CancelButton, Dialog, DialogActions } from '../../components/dialog.tsx';
import { TextField } from '../../components/fields.tsx';
import type { AnyAct } from '../../lib/act/use-act.ts';
import type { UploadStep } from './stencil-acts.ts';
import { visioEndings, visioTypeOf, wayOut } from './visio-file.ts';

export interface ChosenFile {
  file: File;
  contentType: string;
}

interface UploadDialogProps {
  title: string;
  confirm: string;
  act: AnyAct & { at: UploadStep | undefined; reset: () => void };
  /** What is asked for beside the file, once one is chosen. */
  renderMore?: (chosen: ChosenFile) => ReactNode;
  onUpload: (chosen: ChosenFile, form: FormData) => void;
  onClose: () => void;
}

export const UploadDialog = ({ title, confirm, act, renderMore, onUpload, onClose }: UploadDialogProps) => {
  const [chosen, setChosen] = useState<ChosenFile>();
  const [refused, setRefused] = useState<string>();
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
          if (chosen !== undefined && !act.pending) onUpload(chosen, new FormData(event.currentTarget));
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
        {act.at !== undefined && <Progress at={act.at} />}
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

const Progress = ({ at }: { at: UploadStep }) => {
  const percent = at.step === 'sending' ? Math.floor(at.share * 100) : undefined;
  const words = percent === undefined ? 'Reading the shapes …' : `Sending the file: ${percent} %`;
  return (
    <div role="status">
      <p>{words}</p>
      <progress aria-label="Upload" className="w-full accent-accent" max={100} value={percent} />
    </div>
  );
};
