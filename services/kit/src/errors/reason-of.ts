/** Why something failed, in one line: a refused connection to several addresses has no message of its own, a stack is many lines. */
export const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  const own = error.message || ('code' in error ? String(error.code) : error.name);
  return error.cause === undefined ? own : `${own}: ${reasonOf(error.cause)}`;
};
