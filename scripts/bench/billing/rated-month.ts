/** The month of the bench's world that is rated. */
export const period = { start: '2026-01-01', end: '2026-02-01' };
