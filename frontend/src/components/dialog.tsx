import { createContext, useContext, useId, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import type { AnyAct } from '../lib/act/use-act.ts';
import { drafts } from '../lib/drafts.ts';
import { Button } from './button.tsx';

interface DialogProps {
  title: string;
  /** What it asks for: while that is under way the dialog stays, for it is the one to tell the outcome. */
  act?: AnyAct;
  children: ReactNode;
  onClose: () => void;
}

interface Closing {
  close: () => void;
  busy: boolean;
}

const ClosingContext = createContext<Closing>({ close: () => undefined, busy: false });

// The browser gives the focus back to where it was, but only when the dialog is closed before it leaves the document.
// When that control is gone with the act, as Approve is, reading goes on at the heading.
const showModal = (dialog: HTMLDialogElement): (() => void) => {
  dialog.showModal();
  return () => {
    // A question over it goes first, or it would give the focus to what is no longer there.
    for (const question of dialog.querySelectorAll('dialog')) question.close();
    dialog.close();
    requestAnimationFrame(() => {
      if (document.activeElement === document.body) document.querySelector<HTMLElement>('h1')?.focus();
    });
  };
};

/** A modal dialog for as long as it is rendered. Escape and its cancel button close it, after a question where something was typed. */
export const Dialog = ({ title, act, children, onClose }: DialogProps) => {
  const titleId = useId();
  const element = useRef<HTMLDialogElement>(null);
  const [asking, setAsking] = useState(false);
  useLayoutEffect(() => (element.current === null ? undefined : showModal(element.current)), []);
  const busy = act?.pending === true;
  const close = () => {
    if (busy) return;
    if (element.current !== null && drafts.isDirty(element.current)) setAsking(true);
    else onClose();
  };
  return (
    <ClosingContext.Provider value={{ close, busy }}>
      <dialog
        ref={element}
        aria-labelledby={titleId}
        // Before the browser's own Escape, which on the second press asks nobody.
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || event.nativeEvent.isComposing) return;
          event.preventDefault();
          event.stopPropagation();
          close();
        }}
        onCancel={(event) => {
          event.preventDefault();
          if (event.target === event.currentTarget) close();
        }}
        // Opened from a table's cell it would be set as the cell is.
        className="m-auto text-left whitespace-normal w-[min(30rem,calc(100vw-2rem))] rounded-xl border border-line bg-surface p-5 text-ink shadow-xl"
      >
        <h2 id={titleId} className="mb-3 text-lead font-semibold">
          {title}
        </h2>
        {children}
        {asking && <DiscardQuestion onKeep={() => setAsking(false)} onDiscard={onClose} />}
      </dialog>
    </ClosingContext.Provider>
  );
};

/** The buttons of a dialog, the deciding one last. */
export const DialogActions = ({ children }: { children: ReactNode }) => (
  <div className="mt-5 flex flex-wrap justify-end gap-2">{children}</div>
);

export const CancelButton = () => {
  const { close, busy } = useContext(ClosingContext);
  return (
    <Button disabled={busy} onClick={close}>
      Cancel
    </Button>
  );
};

interface DiscardQuestionProps {
  onKeep: () => void;
  onDiscard: () => void;
}

/** Asked before what somebody typed is thrown away. */
export const DiscardQuestion = ({ onKeep, onDiscard }: DiscardQuestionProps) => (
  <Dialog title="Discard what you typed?" onClose={onKeep}>
    <p>It has not been sent yet, and it is not kept.</p>
    <DialogActions>
      <Button onClick={onKeep}>Keep editing</Button>
      <Button look="danger" onClick={onDiscard}>
        Discard
      </Button>
    </DialogActions>
  </Dialog>
);
