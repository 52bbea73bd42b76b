/** A request dies at QuickBooks after 120 s: before that, "not found" does not yet mean "not there". */
export const inDoubtSeconds = 130;
