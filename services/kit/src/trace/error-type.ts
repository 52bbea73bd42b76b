const code = /^[\w.-]{1,60}$/;

/** What kind of error it was, as a word: messages quote rows, addresses and answers of vendors. */
export const errorType = (error: unknown): string => {
  if (!(error instanceof Error)) return 'unknown';
  const said = 'code' in error ? error.code : undefined;
  return typeof said === 'string' && code.test(said) ? said : error.name;
};
