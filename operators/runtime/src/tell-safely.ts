/**
 * Calls what somebody gave us to be told by. What it throws is their mistake: it is warned of on the process, and ends neither
 * that nor the work.
 */
export const tellSafely = (tell: () => void, onThrown: () => void = () => undefined): void => {
  try {
    tell();
  } catch (error) {
    onThrown();
    process.emitWarning(error instanceof Error ? error : String(error));
  }
};
