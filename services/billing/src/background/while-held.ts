/**
 * How long a claim holds without a word of its process: one that is dead says none, and what it had is free within a minute.
 */
export const claimSeconds = 45;
const renewEveryMs = 15_000;

interface Claim {
  /** False where it is somebody else's by now. */
  renew: () => Promise<boolean>;
  /** However often it is renewed, the work ends after this. */
  mostMs: number;
}

/** Renews a claim while the work runs, which is told to end once the claim is lost. */
export const whileHeld = async <T>({ renew, mostMs }: Claim, work: (signal: AbortSignal) => Promise<T>): Promise<T> => {
  const lost = new AbortController();
  const renewing = setInterval(() => {
    // A renewal that fails is tried again; when none comes through, the claim ends by itself, and the next one says so.
    renew().then(
      (isHeld) => (isHeld ? undefined : lost.abort()),
      () => undefined,
    );
  }, renewEveryMs);
  try {
    return await work(AbortSignal.any([lost.signal, AbortSignal.timeout(mostMs)]));
  } finally {
    clearInterval(renewing);
  }
};
