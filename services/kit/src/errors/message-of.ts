/** What a caught error says; whatever else was thrown says nothing that a person could use. */
export const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : `${typeof error} was thrown`;
