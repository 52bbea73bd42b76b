import type { Keep } from '@legendops/portal/client-name/contract';
import type { NameProblem } from '@legendops/portal/superops/contract';
import { AskFirst } from '../../components/ask-first.tsx';
import { useKeepName, type LinkedClient } from './client-acts.ts';

/** What a person has to decide about the two names of a link. */
export const NameProblemText = ({ problem }: { problem: NameProblem }) => (
  <span className="block text-muted">{problem.nextStep}.</span>
);

interface KeepNameProps {
  client: LinkedClient;
  keep: Keep;
}

/** One of the two names for both. */
export const KeepName = ({ client, keep }: KeepNameProps) => {
  const isOurs = keep === 'customer';
  return (
    <AskFirst
      subject={{ ...client, keep }}
      act={useKeepName()}
      label={isOurs ? `Keep the name ${client.customerName}` : `Keep their name ${client.clientName}`}
      renderQuestion={({ clientName, customerName }) => ({
        title: isOurs ? 'Keep this name?' : 'Keep theirs?',
        confirm: isOurs ? 'Keep this name' : 'Keep theirs',
        body: isOurs ? (
          <p>
            The client <strong>{clientName}</strong> in SuperOps is called <strong>{customerName}</strong> there, too.
          </p>
        ) : (
          <p>
            Your customer <strong>{customerName}</strong> is called <strong>{clientName}</strong> here, too, and on its
            next invoices.
          </p>
        ),
      })}
    >
      {isOurs ? 'Keep this name' : 'Keep theirs'}
    </AskFirst>
  );
};
