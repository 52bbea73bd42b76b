interface Reason {
  title: string;
  nextStep: string;
}

const again = 'then press “Check seats again”';

/** Why a count of seats is no change of a contract, and what to do about it. */
export const lineReasons = {
  'item-needed': {
    title: 'Nobody has said which item in SuperOps the product is',
    nextStep: `Press “Confirm item” under “Links” beside the product, ${again}`,
  },
  'item-gone': {
    title: 'SuperOps has the item no more',
    nextStep: `Press “Pick item” under “Links” beside the product, ${again}`,
  },
  'client-gone': {
    title: 'The client in SuperOps has been merged or deleted there',
    nextStep: `Press “Confirm link” under “Links” beside the client that the customer is now, ${again}`,
  },
  'no-contract': {
    title: 'No contract of the client charges the item',
    nextStep: `Make one in SuperOps that does, ${again}`,
  },
  'several-contracts': {
    title: 'Several contracts of the client charge the item',
    nextStep: `Leave one of them active in SuperOps, or enter the quantities there, ${again}`,
  },
  'contract-draft': {
    title: 'The contract is a draft in SuperOps',
    nextStep: `Activate it in SuperOps, ${again}`,
  },
  'contract-ended': {
    title: 'The contract has ended in SuperOps',
    nextStep: `Renew it in SuperOps, or make a new one that charges the item, ${again}`,
  },
  'contract-before': {
    title: 'The contract that charged this day has ended, and does not have it',
    nextStep: 'Bill the difference by hand in SuperOps: nothing is written into a contract that has ended',
  },
  'contract-to-come': {
    title: 'The contract has not begun in SuperOps',
    nextStep: `Let it begin earlier in SuperOps, or wait for its first day, ${again}`,
  },
  'contract-gone': {
    title: 'SuperOps has the contract no more',
    nextStep: `Make one in SuperOps that charges the item, ${again}`,
  },
  'counted-by-superops': {
    title: 'SuperOps counts this contract by itself',
    nextStep: 'There is nothing to do: nobody else writes quantities into it',
  },
  'later-change': {
    title: 'The contract has a change of a later day already',
    nextStep: `Enter the quantity of this day in SuperOps, or take the later change out there, ${again}`,
  },
  'item-before': {
    title: 'No product of the customer is the item of this contract any more, and it still has their seats',
    nextStep: `Enter 0 from this day on in SuperOps, or press “Pick item” under “Links” beside a product that it charges, ${again}`,
  },
  'client-before': {
    title: 'The customer is the client of this contract no more, and it still has the customer’s seats',
    nextStep: `Enter 0 from this day on in SuperOps, or press “Confirm link” under “Links” beside the client again, ${again}`,
  },
  'contract-unreadable': {
    title: 'What the contract has cannot be read',
    nextStep: `Look at its quantities in SuperOps and set them right there, ${again}`,
  },
  'seats-uncertain': {
    title: 'Pax8 says something of a subscription by which nobody can count it',
    nextStep: 'See the exceptions of this customer on the worklist first',
  },
  'later-uncertain': {
    title: 'It would hold on in a later month, of which Pax8 says something by which nobody can count it',
    nextStep: 'See the exceptions of this customer on the worklist first',
  },
  'later-several': {
    title: 'It would hold on in a later month, in which another contract charges the item, too',
    nextStep: `Leave one of them active in SuperOps, or enter the quantities there, ${again}`,
  },
  'linked-anew': {
    title: 'Somebody has said anew which client the customer is, or which item the product is, after it was compared',
    nextStep: 'Press “Check seats again”, then press “Approve” for what is left',
  },
  'in-doubt': {
    title: 'SuperOps did not say whether it has this change, and it was rejected before anybody knew',
    nextStep: 'Press “Check seats again”, also for later months: it shows what the contract has',
  },
  'rest-rejected': {
    title: 'An earlier change of the contract was sent and holds on: this one was rejected before it was sent',
    nextStep: 'Press “Check seats again”, then press “Approve” for what is left',
  },
  'changed-since': {
    title: 'The contract was changed in SuperOps after it was compared',
    nextStep: 'Press “Check seats again”, then press “Approve” for what is left',
  },
  'not-taken': {
    title: 'SuperOps does not take the quantity',
    nextStep: 'Enter it in SuperOps by hand, which says what is wrong with it, then press “Check seats again”',
  },
} as const satisfies Record<string, Reason>;

export type LineReason = keyof typeof lineReasons;

const isKnown = (reason: string): reason is LineReason => Object.hasOwn(lineReasons, reason);

/** One that an older program wrote is shown by its name. */
export const wordsOfReason = (reason: string): Reason =>
  isKnown(reason) ? lineReasons[reason] : { title: reason, nextStep: 'Press “Check seats again” for this month' };
