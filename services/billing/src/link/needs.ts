/** What a person has to say before something can be posted, and where it waits on the worklist. */
export interface Needs {
  is: 'needed';
  /** Of the customer of the invoice, of the whole company, or of this invoice alone. */
  of: 'customer' | 'books' | 'invoice';
  what: 'customer' | 'item' | 'tax-code' | 'date' | 'second-biller';
  detail: string;
  nextStep: string;
}

export const isNeeded = (found: object): found is Needs => 'is' in found && found.is === 'needed';
