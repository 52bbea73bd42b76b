/** What tells errors of PostgreSQL, of the network and of HTTP apart: SQLSTATE, errno or status. */
export const codeOf = (error: unknown): string | undefined => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' || typeof code === 'number' ? String(code) : undefined;
};
