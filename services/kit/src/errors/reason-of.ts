/** Why something failed, in one line: a refused connection to several addresses has no message of its own, a stack is many lines. */
export const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return typeof error === 'string' ? error : 'for no reason that was given';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  const own = error.message || code;
  return error.cause === undefined ? own : `${own}: ${reasonOf(error.cause)}`;
};
