import { useRef, useState } from 'react';
import { drafts } from '../lib/drafts.ts';
import { Button } from './button.tsx';
import { DiscardQuestion } from './dialog.tsx';

/** Ends the editing of a form that stands on its page; asks first where something was typed into it. */
export const CancelEdit = ({ onCancel }: { onCancel: () => void }) => {
  const element = useRef<HTMLSpanElement>(null);
  const [asking, setAsking] = useState(false);
  const cancel = () => {
    const form = element.current?.closest('form');
    if (form != null && drafts.isDirty(form)) setAsking(true);
    else onCancel();
  };
  return (
    <span ref={element}>
      <Button onClick={cancel}>Cancel</Button>
      {asking && <DiscardQuestion onKeep={() => setAsking(false)} onDiscard={onCancel} />}
    </span>
  );
};
