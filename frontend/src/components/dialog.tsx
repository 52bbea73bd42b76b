import { useId, type ReactNode } from 'react';

interface DialogProps {
  title: string;
  children: ReactNode;
  onClose: () => void;
}

// The browser gives the focus back to where it was, but only when the dialog is closed before it leaves the document.
// When that control is gone with the act, as Approve is, reading goes on at the heading.
const showModal = (dialog: HTMLDialogElement | null): (() => void) | undefined => {
  if (dialog === null) return undefined;
  dialog.showModal();
  return () => {
    dialog.close();
    requestAnimationFrame(() => {
      if (document.activeElement === document.body) document.querySelector<HTMLElement>('h1')?.focus();
    });
  };
};

/** A modal dialog for as long as it is rendered. Escape and its cancel button call `onClose`. */
export const Dialog = ({ title, children, onClose }: DialogProps) => {
  const titleId = useId();
  return (
    <dialog
      ref={showModal}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      // Opened from a table's cell it would be set as the cell is.
      className="m-auto text-left whitespace-normal w-[min(30rem,calc(100vw-2rem))] rounded-xl border border-line bg-surface p-5 text-ink shadow-xl"
    >
      <h2 id={titleId} className="mb-3 text-lead font-semibold">
        {title}
      </h2>
      {children}
    </dialog>
  );
};

/** The buttons of a dialog, the deciding one last. */
export const DialogActions = ({ children }: { children: ReactNode }) => (
  <div className="mt-5 flex flex-wrap justify-end gap-2">{children}</div>
);
