import type { Notice } from '@legendops/billing/notice/contract';
import { Send } from 'lucide-react';
import { AskFirst } from '../../components/ask-first.tsx';
import { useSendAgain } from './notice-acts.ts';

/** For what was given up and still stands. */
export const SendAgain = ({ told: { id, title, detail, acts } }: { told: Notice }) => {
  const sending = useSendAgain();
  return (
    <AskFirst
      subject={id}
      act={sending}
      offered={acts.sendAgain.may}
      look="quiet"
      label={`Send again: ${title}, ${detail}`}
      renderQuestion={() => ({
        title: 'Send this notice again?',
        confirm: 'Send again',
        body: (
          <>
            <p>
              <strong>{title}</strong>: {detail}
            </p>
            <p>It goes to whom it has not reached, and is tried for a day once more.</p>
          </>
        ),
      })}
    >
      <Send aria-hidden />
      Send again
    </AskFirst>
  );
};
