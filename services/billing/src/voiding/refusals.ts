import { ownEntry } from '@legendops/kit/contract/own-entry';
import type { QuickBooksError } from '../quickbooks/quickbooks-error.ts';

const again = 'then press “Void” once more';

/** What a person does about each code with which QuickBooks refuses to void an invoice. */
const steps: Record<string, string> = {
  '6000': `Take its payments and credits off it in QuickBooks, ${again}`,
  '6210': `Open the books of its date in QuickBooks, ${again}; or credit it by the next invoice`,
  '6540': `Take its payment off the bank deposit in QuickBooks, ${again}`,
};

const sentence = (text: string): string => text.trim().replace(/[.:;\s]*$/, '.');

/** A refusal in the vendor's own words, with what to do. */
export const voidRefusalText = ({ code, message, detail }: QuickBooksError): string =>
  [
    sentence(message),
    ...(detail === '' || detail === message ? [] : [sentence(detail)]),
    sentence(ownEntry(steps, code) ?? `Put right what it says, ${again}`),
  ].join(' ');
