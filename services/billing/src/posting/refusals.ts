import { ownEntry } from '@legendops/kit/contract/own-entry';
import type { QuickBooksError } from '../quickbooks/quickbooks-error.ts';

const again = 'then press “Post to QuickBooks” here';
const tellUs = `Tell LegendOps support what QuickBooks says; nothing was written`;
const looks = `Look in QuickBooks whether its customer, item, tax code and terms are active, ${again}`;

/** What a person does about each code with which QuickBooks refuses an invoice. */
const steps: Record<string, string> = {
  '610': looks,
  '2500': looks,
  '2010': tellUs,
  '2020': tellUs,
  '2050': tellUs,
  '2170': tellUs,
  '6000': `Put right what it says in QuickBooks, ${again}`,
  '6070': tellUs,
  '6100': 'Press “Add choice” under “Links” for another tax code',
  '6210': `The books were closed meanwhile: take the first open day and press “Save dates” under “Links”, or open them, ${again}`,
  '6240': 'Press “Pick another” under “Links”',
  '6540': `Take the payment off its deposit in QuickBooks, ${again}`,
  'no-income-account': `Make an account of the type Income in QuickBooks, ${again}`,
};

const sentence = (text: string): string => text.trim().replace(/[.:;\s]*$/, '.');

/** A refusal in the vendor's own words, with what to do: for the people whose books they are, and for no log. */
export const refusalText = ({ code, message, detail }: QuickBooksError): string =>
  [
    sentence(message),
    ...(detail === '' || detail === message ? [] : [sentence(detail)]),
    sentence(ownEntry(steps, code) ?? `Put right what it says, ${again}`),
  ].join(' ');
