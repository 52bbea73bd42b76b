import type { ServerResponse } from 'node:http';

const takenOrGone = (response: ServerResponse): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.once('drain', done).once('close', done);
  });

/**
 * Writes a text as it comes, no faster than its client takes it. `begin` writes the head once there is a first part: what fails
 * before is a refusal as any other, what fails after leaves an answer without its end, which no client takes for whole.
 */
export const sendParts = async (
  response: ServerResponse,
  parts: AsyncIterable<string>,
  { begin, stillIn }: { begin: () => void; stillIn: (() => Promise<void> | void) | undefined },
): Promise<void> => {
  let isBegun = false;
  for await (const part of parts) {
    // Whoever is put out meanwhile gets no more of it.
    await stillIn?.();
    if (!isBegun) begin();
    isBegun = true;
    if (response.destroyed) return;
    if (!response.write(part)) await takenOrGone(response);
  }
  if (!isBegun) begin();
  response.end();
};
