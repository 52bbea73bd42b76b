import { nextOf } from '../client-name/agreement.ts';
import type { NameProblem } from '../superops/contract.ts';
import type { ClientLinkRow } from './store.ts';

const keepOne = 'Press “Keep this name” or “Keep theirs”';

const nextSteps: Record<NameProblem['why'], string> = {
  'both-changed': `It was renamed here and in SuperOps. ${keepOne}`,
  'taken-here': `Another customer has the name that it was given in SuperOps. Press “Rename” on one of the two; or press “Keep this name”`,
  'refused-there': `SuperOps does not take the name that it has here; mostly another client has it. ${keepOne}`,
  'forbidden-there':
    'The role of the service user may not change clients in SuperOps: give it that right there. Or press “Keep theirs”',
};

/** What a person has to decide about the names of a link; null where nothing is left to. */
export const nameProblemOf = (
  { our_name: ours, their_name: theirs, name_refusal: refusal, customer_name: customerName }: ClientLinkRow,
  clientName: string,
): NameProblem | null => {
  if (ours === null || theirs === null) return null;
  const next = nextOf({ ours: customerName, theirs: clientName }, { ours, theirs });
  if (next === 'nothing') return null;
  const why = next === 'ask' ? 'both-changed' : refusal;
  return why && { why, nextStep: nextSteps[why] };
};
