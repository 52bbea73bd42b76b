/** What a reason of a condition means, and the words in which it is said. */
export interface ReasonEntry {
  status: 'True' | 'False' | 'Unknown';
  /** No waiting mends it: the Tenant's spec must be another, or a person must do something elsewhere. */
  needs?: 'spec' | 'person';
  meaning: string;
  /** The one next step; empty where there is none to take. */
  remedy: string;
  /** The condition's message, of what was seen. */
  says: (...seen: never[]) => string;
}

export interface ConditionEntry {
  meaning: string;
  /** Ready is not true while this one is not, or it informs and gates nothing. */
  gates: 'Ready' | 'nothing';
  /** Heading of the column of `kubectl get tenants` that shows the reason. */
  column?: string;
  reasons: Readonly<Record<string, ReasonEntry>>;
}
