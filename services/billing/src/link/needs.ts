/** What a person has to say before something can be posted, and where it waits on the worklist. */
export interface Needs {
  is: 'needed';
  /** Of the customer of the invoice, or of the whole company. */
  of: 'customer' | 'books';
  what: 'customer' | 'item' | 'tax-code' | 'date';
  detail: string;
  nextStep: string;
}

export const isNeeded = (found: object): found is Needs => 'is' in found && found.is === 'needed';
